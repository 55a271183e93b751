import { isObject } from '../../operation/json-object.js'
import { parseExact, stringifyExact } from '../../operation/json.js'
import { essenceOf, isJson } from '../../operation/media-type.js'
import type { Example, Operation, Response } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import { chooseDefault } from '../../respond/choose.js'
import { hasNoContent } from '../../respond/reply.js'
import { equal } from '../../operation/equal.js'
import { firstDifference } from './difference.js'

/** An answer as it came. */
export interface Answer {
  readonly status: number
  readonly mediaType: string | undefined
  readonly body: Uint8Array
}

/** `unproven`: the answer is as documented as far as the docs go, but they show nothing to hold it against. */
export type Outcome = 'passed' | 'failed' | 'unproven'

export interface Comparison {
  readonly outcome: Outcome
  /** The documented response: its status, and the example that was sent back. */
  readonly documented?: string
  /** Why it failed, or proves nothing. */
  readonly reason?: string
}

/** Holds an answer against what the docs show for a request that they show. `name` is the request's. */
export function compareAnswer(operation: Operation, name: string, answer: Answer): Comparison {
  const expected = expectedResponses(operation, name)
  const [first] = expected
  if (!first) return { outcome: 'unproven', reason: 'the docs show no response' }
  const response = expected.find(({ status }) => takes(status, answer.status))
  const at = formatSource(first.response.source)
  if (!response) {
    const documented = `${first.response.status} (${at})`
    return {
      outcome: 'failed',
      documented,
      reason: `the docs say ${documented}, the answer is ${answer.status}${tell(answer)}`,
    }
  }
  return compareBody(response, answer)
}

interface Expected {
  readonly status: string
  readonly response: Response
  readonly examples: readonly Example[]
}

/** The response that has the request's own name, else those of success, else the one that is sent by default. */
function expectedResponses(operation: Operation, name: string): Expected[] {
  const all = operation.responses.map((response): Expected => ({
    status: response.status,
    response,
    examples: response.content.flatMap(({ examples }) => examples),
  }))
  const chosen = chooseDefault(operation)
  const first = all.find(({ response }) => response === chosen?.response)
  const success = all.filter(({ status }) => status.startsWith('2'))
  const named = all.flatMap(({ examples, ...rest }) => {
    const own = examples.filter((example) => example.name === name)
    return own.length > 0 ? [{ ...rest, examples: own }] : []
  })
  return [...new Set([...(first ? [first] : []), ...success, ...named])]
}

const takes = (documented: string, status: number): boolean =>
  documented === 'default' || documented === String(status) || documented === `${Math.floor(status / 100)}XX`

function compareBody({ response, examples }: Expected, answer: Answer): Comparison {
  const at = `${response.status} (${formatSource(response.source)})`
  if (hasNoContent(answer.status) && answer.body.byteLength === 0)
    return { outcome: 'passed', documented: at }
  if (examples.length === 0) {
    const why = response.undocumentedBody ?? 'The docs show no body for this status'
    return {
      outcome: 'unproven',
      documented: at,
      reason: `only the status can be held against the docs. ${why}`,
    }
  }
  const found = examples.find((example) => isSame(example, answer))
  if (found) {
    const documented = `${response.status} '${found.name}' (${formatSource(found.source)})`
    const { origin } = found
    return origin === 'documented' || origin === 'recorded' || origin === 'text' || origin === 'edited'
      ? { outcome: 'passed', documented }
      : { outcome: 'passed', documented: `${documented}, ${origin}` }
  }
  const [nearest] = examples
  const documented = nearest ? `${response.status} '${nearest.name}' (${formatSource(nearest.source)})` : at
  return { outcome: 'failed', documented, reason: difference(nearest, answer) }
}

/** Whether an answer is what an example shows: the bytes, or for JSON the value with all its digits. */
export function isSame(example: Example, { mediaType, body }: Answer): boolean {
  if (essenceOf(mediaType ?? '') !== essenceOf(example.mediaType)) return false
  const shown =
    example.encoding === 'base64' ? Buffer.from(example.text, 'base64') : Buffer.from(example.text)
  if (shown.equals(body)) return true
  if (!isJson(example.mediaType)) return false
  const sent = json(Buffer.from(body).toString())
  return sent !== undefined && equal(json(example.text)?.value, sent.value)
}

function json(text: string): { value: unknown } | undefined {
  try {
    return { value: parseExact(text) }
  } catch {
    return undefined
  }
}

function difference(example: Example | undefined, answer: Answer): string {
  if (!example) return 'the answer is none that the docs show'
  if (essenceOf(answer.mediaType ?? '') !== essenceOf(example.mediaType)) {
    return `the docs show ${example.mediaType}, the answer is ${answer.mediaType ?? 'without a media type'}`
  }
  const shown = json(example.text)
  const sent = json(Buffer.from(answer.body).toString())
  if (!shown || !sent) return 'the text of the answer is not the one that the docs show'
  const found = firstDifference(shown.value, sent.value)
  return found
    ? `${found.pointer || 'the body'} is ${brief(found.right)}, the docs show ${brief(found.left)}`
    : 'differs'
}

const brief = (value: unknown): string => {
  if (value === undefined) return 'absent'
  const text = stringifyExact(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** What the stand-in itself says of a request that it refused: each violation with its place in the docs. */
function tell({ mediaType, body }: Answer): string {
  if (essenceOf(mediaType ?? '') !== 'application/problem+json') return ''
  const problem = json(Buffer.from(body).toString())?.value
  if (!isObject(problem)) return ''
  const violations = Array.isArray(problem['violations']) ? problem['violations'].filter(isObject) : []
  const told = violations.map((violation) => {
    const place = [violation['in'], violation['name'], violation['pointer']].filter(
      (part) => typeof part === 'string' && part !== '',
    )
    const source = typeof violation['source'] === 'string' ? ` (${violation['source']})` : ''
    return `${place.join(' ')} ${String(violation['message'])}${source}`
  })
  return `: ${told.length > 0 ? told.join('; ') : String(problem['detail'])}`
}
