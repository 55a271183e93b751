import type { SessionState } from '../respond/behaviour.js'
import type { StateWriter } from '../respond/state.js'
import type { StateChange } from './journal/entry.js'

/** The state of a session, with all that is changed through it added to `changes` once it is durable. */
export function recordedState(state: SessionState, changes: StateChange[]): SessionState {
  return {
    read: () => state.read(),
    update: async (change) => {
      let made: StateChange[] = []
      const result = await state.update((writer) => {
        // A change may be run more than once.
        made = []
        return change(recordedWriter(writer, made))
      })
      changes.push(...made)
      return result
    },
  }
}

const recordedWriter = (writer: StateWriter, made: StateChange[]): StateWriter => ({
  get: (collection, id) => writer.get(collection, id),
  list: (collection) => writer.list(collection),
  collections: () => writer.collections(),
  put: (collection, id, document) => {
    const before = writer.get(collection, id) ?? null
    writer.put(collection, id, document)
    made.push({ collection, id, before, after: document })
  },
  delete: (collection, id) => {
    const before = writer.get(collection, id) ?? null
    writer.delete(collection, id)
    if (before !== null) made.push({ collection, id, before, after: null })
  },
})
