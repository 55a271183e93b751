import type { Behaviour } from '../behaviour.js'
import type { Acting } from './acting.js'
import { keyOf } from './key.js'

/** Reads one item. */
export const reading = (acting: Acting): Behaviour => {
  const { documents } = acting.keeper
  return async ({ request, state }) => {
    const refused = acting.unacceptable(request)
    if (refused) return refused
    const [scope, id] = [acting.scopeOf(request), acting.idOf(request) ?? '']
    const document = documents.get(await state.read(), keyOf(scope, id))
    return document ? acting.reply(scope, id, document, 'read') : acting.missing(scope, id)
  }
}

/** Deletes one item; a reply that shows it shows it as it was. */
export const deleting = (acting: Acting): Behaviour => {
  const { documents } = acting.keeper
  return ({ request, state }) => {
    const refused = acting.unacceptable(request)
    if (refused) return refused
    const [scope, id] = [acting.scopeOf(request), acting.idOf(request) ?? '']
    return state.update((writer) => {
      const document = documents.get(writer, keyOf(scope, id))
      if (!document) return acting.missing(scope, id)
      documents.delete(writer, keyOf(scope, id))
      return acting.reply(scope, id, document, 'deleted')
    })
  }
}
