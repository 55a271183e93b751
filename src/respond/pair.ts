import { equal } from '../operation/equal.js'
import { parseExact, toPlain } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import { type Example, ONLY_EXAMPLE, type Operation } from '../operation/operation.js'
import { exchangePairs } from './pair/exchanges.js'
import { pathMemberNames, queryMemberNames } from './pair/member-names.js'
import { shownIn, textOf } from './pair/shown.js'

export { type Echo, prepareEcho } from './pair/echo.js'

/** A documented response example. */
export interface Candidate {
  readonly status: string
  /** As documented. */
  readonly mediaType: string
  readonly example: Example
}

export interface Pair extends Omit<Candidate, 'example'> {
  /** Absent where the docs show a reply without a body. */
  readonly example?: Example
  /** Why this example, as the end of a sentence: `it shows id 7, as the path does`. */
  readonly reason: string
}

export interface PairRequest {
  /** Decoded path values, as text, so that no digit is lost. */
  readonly path: Readonly<Record<string, string>>
  /** Values of query parameters by name; only those with one value are looked at. */
  readonly query: Readonly<Record<string, unknown>>
  /** The decoded body, undefined where there is none. */
  readonly body?: unknown
}

/** Which responses may be taken; by default those of success for a value, any for a named pair. */
export interface PairLimits {
  readonly status?: string
  readonly mediaType?: string
}

export type FindPair = (request: PairRequest, limits?: PairLimits) => Pair | undefined

/**
 * Prepares which documented response fits a request. A request body that equals a documented
 * request example is answered with the response example of the same name; one whose path and query
 * the docs show, with the reply that they show for it. Else the example that shows the request's own
 * path and query values is: `/users/7` gets the one with id 7. An example that shows another value
 * for one of them never is. Costs a few Map lookups a request.
 *
 * @returns undefined where no example can fit a request better than another
 */
export function preparePairs(operation: Operation): FindPair | undefined {
  const candidates = operation.responses.flatMap(({ status, content }) =>
    content.flatMap(({ mediaType, examples }) => examples.map((example) => ({ status, mediaType, example }))),
  )
  const named = namedPairs(operation, candidates)
  const shown = exchangePairs(operation, candidates)
  const finders = [named, shown?.like, valuePairs(operation, candidates), shown?.plain]
  const able = finders.filter((find) => find !== undefined)
  if (able.length < 2) return able[0]
  return (request, limits) => {
    for (const find of able) {
      const pair = find(request, limits)
      if (pair) return pair
    }
    return undefined
  }
}

const isSuccess = ({ status }: Candidate): boolean => status.startsWith('2')

const within = ({ status, mediaType }: Candidate, limits: PairLimits): boolean =>
  (limits.status === undefined || limits.status === status) &&
  (limits.mediaType === undefined || limits.mediaType === mediaType)

function namedPairs(operation: Operation, candidates: readonly Candidate[]): FindPair | undefined {
  const requests = (operation.requestBody?.content ?? []).flatMap(({ mediaType, examples }) =>
    examples.flatMap((example) => {
      const pairs = candidates.filter((candidate) => candidate.example.name === example.name)
      if (pairs.length === 0) return []
      // Examples that nobody named have a name in common, and no more: it does not pair requests with refusals.
      const refusals = example.name === ONLY_EXAMPLE ? [] : pairs.filter((pair) => !isSuccess(pair))
      const ordered = [...pairs.filter(isSuccess), ...refusals]
      return [{ name: example.name, body: bodyOf(mediaType, example), pairs: ordered }]
    }),
  )
  if (requests.length === 0) return undefined
  return ({ body }, limits) => {
    if (body === undefined) return undefined
    for (const request of requests) {
      if (!equal(request.body, body)) continue
      const pair = request.pairs.find((candidate) => within(candidate, limits ?? {}))
      if (pair) return { ...pair, reason: `the request is the documented example "${request.name}"` }
    }
    return undefined
  }
}

function bodyOf(mediaType: string, { text }: Example): unknown {
  try {
    return isJson(mediaType) ? toPlain(parseExact(text)) : text
  } catch {
    return text
  }
}

/** What an example shows of a parameter: `path id` to the texts. */
type Values = ReadonlyMap<string, ReadonlySet<string>>

function valuePairs(operation: Operation, candidates: readonly Candidate[]): FindPair | undefined {
  const names = new Map([
    ...[...pathMemberNames(operation.path)].map(([name, members]) => [`path ${name}`, members] as const),
    ...[...queryMemberNames(operation)].map(([name, members]) => [`query ${name}`, members] as const),
  ])
  const shown = candidates.map(({ mediaType, example }) => shownValues(mediaType, example, names))
  const index = new Map<string, number[]>()
  for (const [candidate, values] of shown.entries()) {
    for (const [parameter, texts] of values) {
      for (const text of texts)
        index.set(`${parameter} ${text}`, [...(index.get(`${parameter} ${text}`) ?? []), candidate])
    }
  }
  if (index.size === 0) return undefined
  return ({ path, query }, limits = {}) => {
    const given = givenValues(names.keys(), path, query)
    const found = new Set(given.flatMap(([parameter, text]) => index.get(`${parameter} ${text}`) ?? []))
    let best: (Pair & { readonly matches: number }) | undefined
    for (const position of [...found].toSorted((a, b) => a - b)) {
      const candidate = candidates[position]
      const values = shown[position]
      if (!candidate || !values || !within(candidate, limits)) continue
      if (limits.status === undefined && !isSuccess(candidate)) continue
      const spoken = given.filter(([parameter]) => values.has(parameter))
      if (!spoken.every(([parameter, text]) => values.get(parameter)?.has(text))) continue
      if (best && best.matches >= spoken.length) continue
      best = {
        ...candidate,
        matches: spoken.length,
        reason: `it shows ${spoken.map(describe).join(' and ')}`,
      }
    }
    if (!best) return undefined
    const { matches: _, ...pair } = best
    return pair
  }
}

const describe = ([parameter, text]: readonly [string, string]): string => {
  const [place, ...name] = parameter.split(' ')
  return `${name.join(' ')} ${text}, as the ${place} does`
}

function shownValues(
  mediaType: string,
  example: Example,
  names: ReadonlyMap<string, readonly string[]>,
): Values {
  const values = new Map<string, Set<string>>()
  if (!isJson(mediaType) || example.encoding || example.origin === 'text') return values
  let body: unknown
  try {
    body = parseExact(example.text)
  } catch {
    return values
  }
  for (const [parameter, members] of names) {
    const texts = shownIn(body, members).flatMap(({ value }) => textOf(value) ?? [])
    if (texts.length > 0) values.set(parameter, new Set(texts))
  }
  return values
}

function givenValues(
  parameters: Iterable<string>,
  path: PairRequest['path'],
  query: PairRequest['query'],
): [parameter: string, text: string][] {
  const given: [string, string][] = []
  for (const parameter of parameters) {
    const inPath = parameter.startsWith('path ')
    const value = inPath ? path[parameter.slice(5)] : query[parameter.slice(6)]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      given.push([parameter, String(value)])
    }
  }
  return given
}
