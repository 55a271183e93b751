import { AssertionError } from 'node:assert'
import type { Times, Verification } from '../steer/journal/match.js'

type ClosestMiss = Verification['closest'][number]

/** Every runner shows it as a failed assertion, its message first. */
export function notCalled(
  sentence: string,
  closest: readonly ClosestMiss[],
  {
    expected,
    actual,
    operator,
  }: { readonly expected: Times; readonly actual: number; readonly operator: string },
): AssertionError {
  return new AssertionError({ message: withMisses(sentence, closest), expected, actual, operator })
}

/** The sentence, and below it the calls that came nearest with what kept each from being meant. */
export function withMisses(sentence: string, closest: readonly ClosestMiss[]): string {
  if (closest.length === 0) return sentence
  return [sentence, '', 'The closest:', ...closest.flatMap(lines)].join('\n')
}

function lines({ entry, differs }: ClosestMiss): string[] {
  const { id, request, reply } = entry
  const outcome = reply ? `got ${reply.status}` : 'got no reply'
  return [
    `  call ${id}: ${request.method} ${request.url} ${outcome}`,
    ...differs.map((one) => `    - ${one}`),
  ]
}
