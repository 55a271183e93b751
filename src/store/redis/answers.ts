/** What Redis answers: texts, whole numbers, null, and lists of them. */
export type Answer = string | number | null | readonly Answer[]

/** What it is asked with. */
export type Argument = string | number | Buffer

/** Asks Redis, whatever is known of it. */
export type Ask = (command: string, ...values: readonly Argument[]) => Promise<Answer>

/** What a client hands over as what Redis answered. */
export function asAnswer(answer: unknown): Answer {
  if (Array.isArray(answer)) return answer.map(asAnswer)
  return typeof answer === 'string' || typeof answer === 'number' ? answer : null
}

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
