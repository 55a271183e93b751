import { valueAt } from '../../operation/pointer.js'
import type { Behaviour, BehaviourReply, CheckedRequest } from '../behaviour.js'
import { headerText } from '../decision.js'
import { preparePairs } from '../pair.js'
import type { Document, StateWriter } from '../state.js'
import type { Acting } from './acting.js'
import { completed, withoutManaged } from './complete.js'
import { keyOf, type Scope } from './key.js'
import { newId } from './ids.js'
import { withMember } from './place.js'
import { isMap, scalarText } from './scalar.js'
import { successOf } from './success.js'
import { typedLike } from './typed.js'
import { locate } from '../schema/located.js'

/** Makes a new item of what a request brings. */
export const creating = (acting: Acting): Behaviour => {
  const { keeper, one } = acting
  const { documents, resource, parts } = keeper
  const sent = keeper.sentBy(one)
  const refusing = preparePairs(one.operation)
  const documents404 = one.operation.responses.some(({ status }) => status === '404')

  return ({ request, state }) => {
    const refused = acting.unacceptable(request) ?? pairedRefusal(refusing, request)
    if (refused) return refused
    const scope = acting.scopeOf(request)
    const brought = itemOf(request, one.body)
    return state.update((writer) => {
      if (documents404 && keeper.lacksParent(writer, scope)) {
        return acting.refusal('404', 'no-such-item', `${scope.join('/')} is not there`)
      }
      const own = withoutManaged(brought, { keeper, sent, before: undefined })
      const given = scalarText(own[resource.id])
      if (
        given !== undefined &&
        documents.get(writer, keyOf(scope, given)) &&
        isKnown(writer, scope, given)
      ) {
        return acting.refusal(
          '409',
          'item-exists',
          `${[resource.collection, ...scope, given].join('/')} is there already`,
        )
      }
      const identified = given === undefined ? withMember(own, resource.id, fresh(writer, scope)) : own
      const id = scalarText(identified[resource.id]) ?? ''
      const document = completed(below(scope, identified), {
        keeper,
        sent,
        reference: keeper.referenceFor(one),
        before: undefined,
      })
      const unlike = withOwnIds(writer, document, own)
      documents.put(writer, keyOf(scope, id), unlike)
      const reply = acting.reply(scope, id, unlike, 'created')
      return { ...reply, headers: { ...locationOf(acting, request, id), ...reply.headers } }
    })
  }

  /** Where the docs show no item, any id has one until it is made. */
  function isKnown(writer: StateWriter, scope: Scope, id: string): boolean {
    return documents.list(writer, scope).has(id)
  }

  function fresh(writer: StateWriter, scope: Scope): unknown {
    return newId({
      schema: parts.shapes.member(keeper.schema, resource.id) ?? locate(true),
      shapes: parts.shapes,
      used: documents.usedIds(writer, scope),
      shown: documents.templates.shownIds,
      seed: `${parts.making.seed}/${resource.collection}`,
    })
  }

  /** An issue that goes by its number has an `id`, too, which is no other's. */
  function withOwnIds(writer: StateWriter, document: Document, brought: Document): Document {
    const others = ['id', 'uuid', 'guid'].filter(
      (name) => name !== resource.id && Object.hasOwn(document, name) && !Object.hasOwn(brought, name),
    )
    return others.reduce((unlike, name) => {
      const all = [...documents.all(writer).values(), ...documents.templates.items([]).values()]
      const used = new Set([document, ...all].flatMap((one) => scalarText(one[name]) ?? []))
      const schema = parts.shapes.member(keeper.schema, name) ?? locate(true)
      const seed = `${parts.making.seed}/${resource.collection}/${name}`
      return withMember(unlike, name, newId({ schema, shapes: parts.shapes, used, shown: [...used], seed }))
    }, document)
  }

  /** Says of which parent it is, where items say so. */
  function below(scope: Scope, document: Document): Document {
    const parent = scope.at(-1)
    const like = Object.fromEntries(parts.shapes.names(keeper.schema).map((name) => [name, null]))
    const member = parent === undefined ? undefined : documents.templates.parentMember(like)
    if (parent === undefined || member === undefined) return document
    const known = keeper.referenceFor(one)[member]
    return withMember(document, member, typedLike(known, parent))
  }
}

/** The item that a request's body holds, digits kept. */
export function itemOf(request: CheckedRequest, tokens: readonly string[]): Document {
  const item = valueAt(request.exactBody(), tokens)
  return isMap(item) ? item : {}
}

/** A request that is the documented example of a refusal is refused as documented. */
export function pairedRefusal(
  pairs: ReturnType<typeof preparePairs>,
  { path, query, body }: CheckedRequest,
): BehaviourReply | undefined {
  const texts = Object.fromEntries(Object.entries(path).map(([name, value]) => [name, String(value)]))
  const pair = pairs?.({ path: texts, query, body })
  if (!pair || !/^[45]\d\d$/.test(pair.status)) return undefined
  const { status, example, reason } = pair
  return { status, ...(example && { example: example.name }), reason }
}

/** Where the new item is (RFC 9110 section 10.2.2), where the docs have the header and the item has a path. */
function locationOf({ keeper, one }: Acting, request: CheckedRequest, id: string): Record<string, string> {
  const success = successOf(one.operation, 'create')
  const isDocumented =
    success?.response.headers.some(({ name }) => name.toLowerCase() === 'location') ?? false
  const hasPath = keeper.resource.operations.some(({ parameter }) => parameter !== undefined)
  if (!isDocumented || !hasPath) return {}
  const [path = ''] = request.url.split('?')
  return { location: headerText(`${path.replace(/\/$/, '')}/${encodeURIComponent(id)}`) }
}
