import { MOST_VIOLATIONS, type OperationTally, type ReplyTally, Tally } from './tally.js'

/** One number of a tally, to be added to others elsewhere. */
export interface Count {
  /** What is counted, as JSON. */
  readonly field: string
  readonly times: number
  /** Of those of one group there are only so many different ones; undefined where the docs bound them. */
  readonly group: { readonly name: string; readonly most: number } | undefined
}

type Field =
  | readonly ['calls', string]
  | readonly ['reply', string, Pick<ReplyTally, 'status' | 'example' | 'own'>]
  | readonly ['violation', string, string]
  | readonly ['unknown', string, string, string]

const count = (field: Field, times: number, group?: Count['group']): Count => ({
  field: JSON.stringify(field),
  times,
  group,
})

/** @param mostUnknown different unknown requests that are kept */
export function countsOf(tally: Tally, mostUnknown: number): Count[] {
  const unknown = { name: 'unknown', most: mostUnknown }
  return [
    ...[...tally.operations].flatMap(([operationId, one]) => operationCounts(operationId, one)),
    ...tally.unknown
      .list()
      .map(({ method, path, reason, times }) => count(['unknown', method, path, reason], times, unknown)),
  ]
}

function operationCounts(id: string, { calls, replies, violations }: OperationTally): Count[] {
  const group = { name: `violations of ${id}`, most: MOST_VIOLATIONS }
  return [
    count(['calls', id], calls),
    ...[...replies.values()].map(({ times, status, example, own }) =>
      count(['reply', id, { status, example, own }], times),
    ),
    ...[...violations].map(([text, times]) => count(['violation', id, text], times, group)),
  ]
}

/** @param counts times by {@link Count.field} */
export function tallyOf(counts: Iterable<readonly [string, number]>, mostUnknown: number): Tally {
  const tally = new Tally(mostUnknown)
  for (const [text, times] of counts) {
    const field: Field = JSON.parse(text)
    if (field[0] === 'calls') tally.operation(field[1]).calls += times
    else if (field[0] === 'reply') tally.addReply(field[1], field[2], times)
    else if (field[0] === 'violation') tally.addViolation(field[1], field[2], times)
    else tally.unknown.add({ method: field[1], path: field[2], reason: field[3] }, times)
  }
  return tally
}
