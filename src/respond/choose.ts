import type { Example, MediaType, Operation, Response } from '../operation/operation.js'

/** The reply that the description holds for an operation, before its bytes are made. */
export interface Choice {
  readonly response: Response
  /** The HTTP status to send: a range or `default` has been made concrete. */
  readonly status: number
  readonly content: MediaType | undefined
  readonly example: Example | undefined
  readonly reason: string
}

/**
 * When nothing is asked: the lowest documented 2xx, a status that is named before a range, else `default`,
 * else the first documented response.
 */
export function chooseDefault(operation: Operation): Choice | undefined {
  const success = operation.responses
    .filter((response) => /^2(\d\d|XX)$/.test(response.status))
    .toSorted((a, b) => Number(isRange(a)) - Number(isRange(b)) || concreteStatus(a) - concreteStatus(b))[0]
  if (success) return choice(success, concreteStatus(success), 'the lowest documented success')
  const fallback = operation.responses.find((response) => response.status === 'default')
  if (fallback) return choice(fallback, 200, 'the documented default')
  const [first] = operation.responses
  return first && choice(first, concreteStatus(first), 'the first documented response')
}

/** The response for one status: documented as such, else its range (`4XX`), else `default`. */
export function chooseStatus(operation: Operation, status: number, reason: string): Choice | undefined {
  const response = responseFor(operation, status)
  return response && choice(response, status, reason)
}

export function responseFor(operation: Operation, status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`
  const byStatus = (wanted: string) => operation.responses.find((response) => response.status === wanted)
  return byStatus(String(status)) ?? byStatus(range) ?? byStatus('default')
}

const ORIGIN_RANK: Record<Example['origin'], number> = {
  edited: 0,
  documented: 1,
  recorded: 2,
  repaired: 3,
  text: 4,
  generated: 5,
}

/** As the docs show it before mended, mended before kept as text; within one rank the first one shown. */
export const bestExample = (examples: readonly Example[]): Example | undefined =>
  examples.toSorted((a, b) => ORIGIN_RANK[a.origin] - ORIGIN_RANK[b.origin])[0]

function choice(response: Response, status: number, reason: string): Choice {
  const content = response.content.find((one) => one.examples.length > 0) ?? response.content[0]
  return { response, status, content, example: content && bestExample(content.examples), reason }
}

const isRange = ({ status }: Response): boolean => status.endsWith('XX')

/** A range begins with its first status; `default` is taken as a success. */
export const concreteStatus = ({ status }: Response): number =>
  status === 'default' ? 200 : Number(status.replace('XX', '00'))
