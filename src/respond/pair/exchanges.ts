import type { Exchange, Operation } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { shownExample } from '../../operation/shown-example.js'
import type { Candidate, FindPair, Pair, PairRequest } from '../pair.js'

interface Shown {
  readonly pair: Omit<Pair, 'reason'>
  readonly isSuccess: boolean
  /** `path id` or `query page`, and the value. */
  readonly values: readonly (readonly ['path' | 'query', string, string])[]
}

export interface ExchangePairs {
  /** The reply to a request of which this one has all values; of several the one with most, a success, the first. */
  readonly like: FindPair
  /** The success that the docs show for a request without values of its own. */
  readonly plain: FindPair
}

/** Replies to requests that the docs show; undefined where they show none that values tell from others. */
export function exchangePairs(
  operation: Operation,
  candidates: readonly Candidate[],
): ExchangePairs | undefined {
  const names = pathParameters(operation.path)
  const shown = (operation.exchanges ?? []).flatMap((one) => shownBy(one, names, candidates) ?? [])
  if (!shown.some(({ values }) => values.length > 0)) return undefined
  // Where a body is sent, too, path and query alone do not make a request one that is refused.
  const isMoreThanPath = operation.requestBody !== undefined && !/^(GET|HEAD)$/.test(operation.method)
  const usable = isMoreThanPath ? shown.filter(({ isSuccess }) => isSuccess) : shown
  const ordered = usable.toSorted(
    (a, b) => b.values.length - a.values.length || Number(b.isSuccess) - Number(a.isSuccess),
  )
  return {
    like: firstOf(ordered.filter(({ values }) => values.length > 0)),
    plain: firstOf(ordered.filter(({ values, isSuccess }) => values.length === 0 && isSuccess)),
  }
}

const firstOf =
  (ordered: readonly Shown[]): FindPair =>
  (request, limits = {}) => {
    const found = ordered.find(
      ({ pair, values }) =>
        (limits.status ?? pair.status) === pair.status &&
        (limits.mediaType ?? pair.mediaType) === pair.mediaType &&
        values.every(([place, name, value]) => textAt(request, place, name) === value),
    )
    return found && { ...found.pair, reason: reasonOf(found) }
  }

function shownBy(
  exchange: Exchange,
  names: readonly string[],
  candidates: readonly Candidate[],
): Shown | undefined {
  const { path, query, status } = exchange
  const ofStatus = candidates.filter((one) => one.status === status)
  const example = shownExample(
    ofStatus.map((one) => one.example),
    exchange,
  )
  const candidate = ofStatus.find((one) => one.example === example)
  if (exchange.example !== undefined && !candidate) return undefined
  const inPath = path.flatMap((value, index) => {
    const name = names[index]
    return value === null || name === undefined ? [] : [['path', name, value] as const]
  })
  const inQuery = Object.entries(query).map(([name, value]) => ['query', name, value] as const)
  return {
    pair: candidate ?? { status, mediaType: '' },
    isSuccess: status.startsWith('2'),
    values: [...inPath, ...inQuery],
  }
}

function textAt(request: PairRequest, place: 'path' | 'query', name: string): string | undefined {
  const value = place === 'path' ? request.path[name] : request.query[name]
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

const reasonOf = ({ values }: Shown): string =>
  values.length === 0
    ? 'the docs show it for a request without other values'
    : `the docs show it for ${values.map(([place, name, value]) => `${name} ${value} in the ${place}`).join(' and ')}`
