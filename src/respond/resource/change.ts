import { valueAt } from '../../operation/pointer.js'
import type { Behaviour, BehaviourReply, CheckedRequest } from '../behaviour.js'
import { responseFor } from '../choose.js'
import { preparePairs } from '../pair.js'
import type { Document } from '../state.js'
import type { Acting } from './acting.js'
import { completed, withoutManaged } from './complete.js'
import { itemOf, pairedRefusal } from './create.js'
import { keyOf } from './key.js'
import { jsonPatch, PatchFailure } from './json-patch.js'
import { mergePatch } from './merge-patch.js'
import { withMember } from './place.js'
import { isPatch } from './request-body.js'
import { isMap, scalarText } from './scalar.js'
import { successOf } from './success.js'
import { typedLike } from './typed.js'

/** Puts what a request brings in the place of an item; of one that is not there only where the docs have it created. */
export const replacing = (acting: Acting): Behaviour => {
  const { keeper, one } = acting
  const { documents, resource } = keeper
  const sent = keeper.sentBy(one)
  const pairs = preparePairs(one.operation)
  const creates = one.operation.responses.some(({ status }) => status === '201')

  return ({ request, state }) => {
    const refused = acting.unacceptable(request) ?? pairedRefusal(pairs, request)
    if (refused) return refused
    const scope = acting.scopeOf(request)
    const brought = itemOf(request, one.body)
    const id = acting.idOf(request) ?? scalarText(brought[resource.id]) ?? ''
    return state.update((writer) => {
      const before = documents.get(writer, keyOf(scope, id))
      if (!before && !creates) return acting.missing(scope, id)
      const document = changed(
        acting,
        withoutManaged(brought, { keeper, sent, before: before ?? {} }),
        id,
        before,
      )
      documents.put(writer, keyOf(scope, id), document)
      if (before) return acting.reply(scope, id, document, 'replaced')
      return acting.reply(scope, id, document, 'created', successOf(one.operation, 'upsert'))
    })
  }
}

/** Changes a part of an item: by a merge patch (RFC 7396), or a JSON Patch (RFC 6902) where the media type says so. */
export const patching = (acting: Acting): Behaviour => {
  const { keeper, one } = acting
  const { documents } = keeper
  const sent = keeper.sentBy(one)
  const pairs = preparePairs(one.operation)

  return ({ request, state }) => {
    const refused = acting.unacceptable(request) ?? pairedRefusal(pairs, request)
    if (refused) return refused
    const [scope, id] = [acting.scopeOf(request), acting.idOf(request) ?? '']
    return state.update((writer) => {
      const before = documents.get(writer, keyOf(scope, id))
      if (!before) return acting.missing(scope, id)
      const patched = patchedBy(request, before, one.body)
      if ('failure' in patched) return failed(acting, patched.failure)
      const own = withoutManaged(patched.document, { keeper, sent, before })
      const document = changed(acting, own, id, before)
      const broken = invalidNow(acting, before, document)
      if (broken) return broken
      documents.put(writer, keyOf(scope, id), document)
      return acting.reply(scope, id, document, 'patched')
    })
  }
}

/** With its identifier, which no change touches, and what the server says. */
function changed(
  { keeper, one }: Acting,
  document: Document,
  id: string,
  before: Document | undefined,
): Document {
  const { resource } = keeper
  const reference = keeper.referenceFor(one)
  const old = before?.[resource.id] ?? reference[resource.id]
  const own = scalarText(old) === id ? old : typedLike(old, id)
  return completed(withMember(document, resource.id, own), {
    keeper,
    sent: keeper.sentBy(one),
    reference,
    before,
    isWhole: one.action === 'patch',
  })
}

function patchedBy(
  request: CheckedRequest,
  before: Document,
  tokens: readonly string[],
): { readonly document: Document } | { readonly failure: PatchFailure } {
  const body = request.exactBody()
  try {
    const isOperations = isPatch(request.header('content-type') ?? '') || Array.isArray(body)
    const patched = isOperations ? jsonPatch(before, body) : mergePatch(before, valueAt(body, tokens) ?? {})
    if (isMap(patched)) return { document: patched }
    return { failure: new PatchFailure('', 'leaves no object', false) }
  } catch (failure) {
    if (failure instanceof PatchFailure) return { failure }
    throw failure
  }
}

function failed(acting: Acting, { pointer, message, isMalformed }: PatchFailure): BehaviourReply {
  const violation = { in: 'body', pointer, keyword: 'patch', message } as const
  const detail = `body ${pointer} ${message}`.replace('  ', ' ')
  if (isMalformed) return acting.refusal('400', 'malformed-body', detail, [violation])
  const status = documented(acting, ['409', '422']) ?? '409'
  return acting.refusal(status, 'patch-does-not-fit', detail, [violation])
}

/** A patch may leave what its own schema could not tell is wrong. What was wrong before is not its fault. */
function invalidNow(acting: Acting, before: Document, after: Document): BehaviourReply | undefined {
  const body = acting.keeper.main
  if (!body || body.checked(before).length > 0) return undefined
  const violations = body.checked(after)
  const [first] = violations
  if (!first) return undefined
  const status = documented(acting, ['422', '400']) ?? '422'
  const detail = `The patch would leave an item whose ${first.pointer || 'body'} ${first.message}`
  return acting.refusal(
    status,
    'request-breaks-description',
    detail,
    violations.map((violation) => ({ ...violation, in: 'body' })),
  )
}

const documented = ({ one }: Acting, statuses: readonly string[]): string | undefined =>
  statuses.find((status) => responseFor(one.operation, Number(status))?.status === status)
