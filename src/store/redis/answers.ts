import type { Answer } from './connection.js'

/** What Redis answers where a list is asked for; empty for anything else. */
export const list = (answer: Answer | undefined): readonly Answer[] =>
  typeof answer === 'object' && answer !== null ? answer : []

/** Names and numbers in turn, as of a hash or a sorted set with its scores. */
export function numbers(answer: Answer | undefined): Map<string, number> {
  const fields = list(answer)
  const found = new Map<string, number>()
  for (let index = 0; index < fields.length; index += 2) {
    found.set(String(fields[index]), Number(fields[index + 1]))
  }
  return found
}
