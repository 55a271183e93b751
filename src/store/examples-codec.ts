import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseChecked } from './checked-json.js'
import { ExamplesFile } from '../operation/examples-file.js'
import { writtenOf } from './example-entry.js'
import { type Entries, entriesOf, namesOf } from './examples-set.js'
import type { Codec } from './json-file.js'
import { objectText } from './json-text.js'

/** Entries to write before others get their turn: about a millisecond's worth. */
const SLICE = 10

const statusText = (statuses: ReadonlyMap<string, ReadonlyMap<string, string>>): string =>
  objectText(
    Array.from(statuses, ([status, names]) => [status, objectText(names, '    ')] as const),
    '  ',
  )

/** `examples.json`. Ten thousand examples are written without holding up those who ask for one. */
export const examplesCodec: Codec<Entries> = {
  parse: (text) => entriesOf(parseChecked(text, ExamplesFile, 'examples by name, by status, by operation')),

  async stringify(entries) {
    const operations = new Map<string, Map<string, Map<string, string>>>()
    let count = 0
    for (const [key, entry] of entries) {
      const { operationId, status, name } = namesOf(key)
      const statuses = operations.get(operationId) ?? new Map<string, Map<string, string>>()
      const names = statuses.get(status) ?? new Map<string, string>()
      operations.set(operationId, statuses.set(status, names.set(name, writtenOf(entry).json)))
      if (++count % SLICE === 0) await nextTurn()
    }
    return `${objectText(
      Array.from(operations, ([operationId, statuses]) => [operationId, statusText(statuses)] as const),
      '',
    )}\n`
  },
}
