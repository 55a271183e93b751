import type { Example, MediaType, Operation } from '../operation/operation.js'
import { negotiate } from './accept.js'
import { bestExample, type Choice, chooseDefault, chooseStatus, concreteStatus } from './choose.js'
import type { Pair } from './pair.js'
import type { Preferences } from './prefer.js'
import type { ProblemCode } from './problem.js'

/** What a request asks for beyond what its operation answers by itself. */
export interface Wishes {
  readonly preferences: Preferences
  readonly accept: string | undefined
  /** The documented example that fits the request, if one does. */
  readonly pair: Pair | undefined
}

/** Why nothing can be chosen: what was asked for is not documented. */
export interface Unavailable {
  readonly problem: ProblemCode
  readonly detail: string
  readonly more?: Readonly<Record<string, unknown>>
}

/** Chooses the reply by status, example and media type, in that order; each only where it was asked for. */
export function select(operation: Operation, wishes: Wishes): Choice | Unavailable | undefined {
  const { preferences, accept, pair } = wishes
  const [invalid] = preferences.invalid ?? []
  if (invalid) {
    return { problem: 'bad-preference', detail: `The preference ${invalid.name} ${invalid.message}` }
  }
  const chosen = byStatus(operation, preferences, pair)
  if (!chosen || 'problem' in chosen) return chosen
  const named =
    preferences.example === undefined ? chosen : withExample(operation, chosen, preferences.example)
  if ('problem' in named) return named
  return byMediaType(named, accept, preferences.example ?? pair?.example?.name)
}

function byStatus(
  operation: Operation,
  { code, example }: Preferences,
  pair: Pair | undefined,
): Choice | Unavailable | undefined {
  if (code !== undefined) {
    const choice = chooseStatus(operation, Number(code), 'asked for by status')
    return choice ?? unknown(`The docs have no response ${code}`, { statuses: statusesOf(operation) })
  }
  if (example === undefined && pair) {
    const response = operation.responses.find(({ status }) => status === pair.status)
    const content = response?.content.find(({ mediaType }) => mediaType === pair.mediaType)
    if (response)
      return {
        response,
        status: concreteStatus(response),
        content,
        example: pair.example,
        reason: pair.reason,
      }
  }
  const choice = chooseDefault(operation)
  // An example may be named without its status; then it is wherever the docs show it.
  if (example === undefined || choice?.response.content.some((one) => findExample(one, example)))
    return choice
  const shows = operation.responses.find(({ content }) => content.some((one) => findExample(one, example)))
  return shows ? chooseStatus(operation, concreteStatus(shows), 'it shows the example asked for') : choice
}

/** The choice with the example of a name, in whatever media type its response has it. */
export function withExample(operation: Operation, choice: Choice, name: string): Choice | Unavailable {
  for (const content of choice.response.content) {
    const example = findExample(content, name)
    if (example) return { ...choice, content, example, reason: 'the example asked for' }
  }
  return unknown(`The docs of ${choice.response.status} have no example "${name}"`, {
    examples: operation.responses.flatMap(({ status, content }) =>
      content.flatMap(({ examples }) => examples.map((one) => `${status}/${one.name}`)),
    ),
  })
}

/** RFC 9110 section 12.5.1. A reply without content has no media type to disagree about. */
function byMediaType(
  choice: Choice,
  accept: string | undefined,
  name: string | undefined,
): Choice | Unavailable {
  const { content } = choice.response
  if (accept === undefined || content.length === 0) return choice
  const ordered = choice.content
    ? [choice.content, ...content.filter((one) => one !== choice.content)]
    : content
  const offered = ordered.map(({ mediaType }) => mediaType)
  const chosen = ordered[negotiate(accept, offered) ?? -1]
  if (!chosen) {
    return {
      problem: 'not-acceptable',
      detail: `The docs have ${choice.response.status} as ${offered.join(', ')}, not as ${accept}`,
      more: { mediaTypes: offered },
    }
  }
  if (chosen === choice.content) return choice
  const same = name === undefined ? undefined : findExample(chosen, name)
  return { ...choice, content: chosen, example: same ?? bestExample(chosen.examples) }
}

const findExample = ({ examples }: MediaType, name: string): Example | undefined =>
  examples.find((example) => example.name === name)

const statusesOf = (operation: Operation): string[] => operation.responses.map(({ status }) => status)

const unknown = (detail: string, documented: Readonly<Record<string, readonly string[]>>): Unavailable => ({
  problem: 'unknown-example',
  detail: `${detail}; it has ${Object.values(documented).flat().join(', ') || 'none'}`,
  more: { documented },
})
