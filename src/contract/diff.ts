import { type Static, Type } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { Change, type Found, type Note, places } from './change.js'
import { diffOperations } from './operation-diff.js'
import { type PactSource, readPact } from './pact-reader.js'
import { usersOf } from './used-by.js'

export const Difference = Type.Object({
  /** Whether any change breaks a consumer; with pacts, a known one. */
  breaking: Type.Boolean(),
  changes: Type.Array(Change),
})
export type Difference = Static<typeof Difference>

export interface DiffOptions {
  /** Pacts of the known consumers: only what they use is listed. */
  readonly pacts?: readonly PactSource[]
}

/** Which changes between two versions of a description break its consumers, and which do not; breaking ones first. */
export function diffDescriptions(
  old: ApiDescription,
  now: ApiDescription,
  { pacts }: DiffOptions = {},
): Difference {
  const changes: Change[] = []
  const consumed = pacts?.flatMap(readPact)
  const noteFor =
    (operation: Operation): Note =>
    ({ spot, ...found }) => {
      const usedBy = consumed && usersOf(consumed, { ...old, operations: [operation] }, spot)
      if (usedBy?.length === 0) return
      changes.push({ ...found, operationId: operation.operationId, ...(usedBy ? { usedBy } : {}) })
    }
  const others = new Map(now.operations.map((operation) => [identify(operation), operation]))
  for (const operation of old.operations) {
    const note = noteFor(operation)
    const other = others.get(identify(operation))
    others.delete(identify(operation))
    if (other) diffOperations({ operation, description: old }, { operation: other, description: now }, note)
    else note(whole('operation-removed', true, operation, places(operation.source, undefined)))
  }
  for (const operation of others.values()) {
    noteFor(operation)(whole('operation-added', false, operation, places(undefined, operation.source)))
  }
  changes.sort((a, b) => Number(b.breaking) - Number(a.breaking))
  return { breaking: changes.some((change) => change.breaking), changes }
}

/** Names of path parameters may change: a path is the same if its fixed parts are. */
const identify = ({ method, path }: Operation): string => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`

const whole = (
  rule: 'operation-removed' | 'operation-added',
  breaking: boolean,
  { method, path }: Operation,
  at: ReturnType<typeof places>,
): Found => ({
  rule,
  breaking,
  message: `${method} ${path} is ${breaking ? 'gone' : 'new'}`,
  where: 'operation',
  spot: { part: 'operation' },
  ...at,
})
