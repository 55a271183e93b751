import { locate } from '../schema/located.js'
import { headerText } from '../decision.js'
import type { Behaviour, CheckedRequest } from '../behaviour.js'
import type { Document } from '../state.js'
import type { Acting } from './acting.js'
import { listParameters, type ListParameters } from './list-parameters.js'
import { type Page, pageOf } from './page.js'
import { linkHeader, pageLinks } from './page-links.js'
import { preparePageMembers } from './page-members.js'
import { scalarText } from './scalar.js'
import { selectItems } from './select-items.js'
import type { ShownBody } from './shown-body.js'
import { successOf } from './success.js'

/** Lists the items of a collection: filtered, sorted and cut to a page as far as the docs have parameters for it. */
export const listing = (acting: Acting): Behaviour => {
  const { keeper, one } = acting
  const { shapes } = keeper.parts
  const body = keeper.shownBy(one)
  const success = successOf(one.operation, one.action)
  if (!body || !success) throw new TypeError('A list that shows no items is none')
  const parameters = listParameters(one.operation, keeper.schema, shapes)
  const retell = preparePageMembers(body, locate(success.schema ?? true), shapes)
  const headers = headerNames(success.response.headers.map(({ name }) => name))

  return async ({ request, state }) => {
    const refused = acting.unacceptable(request)
    if (refused) return refused
    const scope = acting.scopeOf(request)
    const reader = await state.read()
    const documents404 =
      success.response.status !== '404' && one.operation.responses.some(({ status }) => status === '404')
    if (documents404 && keeper.lacksParent(reader, scope)) {
      return acting.refusal('404', 'no-such-item', `${scope.join('/')} is not there`)
    }
    const ids = new Map([...keeper.documents.list(reader, scope)].map(([id, document]) => [document, id]))
    const chosen = selectItems([...ids.keys()], request.query, parameters)
    const page = pageOf(
      chosen.map((document) => ({ document, id: ids.get(document) ?? '' })),
      request.query,
      parameters,
      shapes,
    )
    if (!page) return unknownCursor(acting, request, parameters)
    const items = page.items.map((document) => body.item(document))
    const links = pageLinks(request.url, page, parameters)
    const whole = retell(body.with(items.map(({ item }) => item)), page, links)
    return {
      status: String(success.status),
      body: whole,
      headers: { ...headersFor(headers, page, linkHeader(links)), ...labelOf(acting, page.items) },
      fromState: `${page.items.length} of ${page.total} in ${[keeper.resource.collection, ...scope].join('/')}`,
      flaw: flawOf(body, whole, items),
      reason: `${page.total} of ${ids.size} items fit the request`,
    }
  }
}

/** What each item breaks by itself is known; what the list breaks (`minItems`, say) is looked for once more. */
function flawOf(
  body: ShownBody,
  whole: unknown,
  items: readonly { readonly flaw: string | undefined }[],
): string | undefined {
  const own = items.find(({ flaw }) => flaw !== undefined)?.flaw
  if (own !== undefined) return own
  const [first] = body.violations(whole)
  return first && `${first.pointer || 'the body'} ${first.message}`
}

/** The one example that shows all that is listed. */
function labelOf({ keeper }: Acting, items: readonly Document[]): Record<string, string> {
  const labels = new Set(items.map((document) => keeper.documents.templates.shownBy(document)))
  const [label] = labels
  return labels.size === 1 && label !== undefined ? { 'standin-example': headerText(label) } : {}
}

/** Documented headers that tell of the page. */
interface PageHeaders {
  readonly total: string | undefined
  readonly link: string | undefined
}

function headerNames(names: readonly string[]): PageHeaders {
  const lower = names.map((name) => name.toLowerCase())
  return {
    total: lower.find((name) => /^(x-)?(pagination-)?total(-count|-items)?$/.test(name)),
    link: lower.find((name) => name === 'link'),
  }
}

const headersFor = (
  { total, link }: PageHeaders,
  page: Page,
  links: string | undefined,
): Record<string, string> => ({
  ...(total !== undefined && { [total]: String(page.total) }),
  ...(link !== undefined && { [link]: links ?? '' }),
})

function unknownCursor(acting: Acting, { query }: CheckedRequest, { roles }: ListParameters) {
  const name = roles.get('cursor')?.name ?? ''
  const given = scalarText(query[name]) ?? ''
  return acting.refusal('400', 'request-breaks-description', `query ${name} is no cursor of this list`, [
    {
      in: 'query',
      name,
      pointer: '',
      keyword: 'cursor',
      message: `is no cursor of this list, got ${JSON.stringify(given)}`,
    },
  ])
}
