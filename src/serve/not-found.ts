import { distance } from 'fastest-levenshtein'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { pathMatcher } from '../operation/path.js'
import { formatSource } from '../operation/source.js'
import { formatNotes, OWN_REPLY } from '../respond/decision.js'
import { problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'

/** How many of the nearest operations a 404 names. */
const NEAREST = 3
/** Comparing letters takes the product of two lengths. */
const LONGEST = 500

/** Answers requests that no documented operation takes: 405 with `Allow` where the path is documented, else 404. */
export function createNotFound(
  description: ApiDescription,
  isOwnPath: (path: string) => boolean,
): (method: string, url: string) => Reply {
  // Made on the first miss: most runs see few, and thousands of patterns need not be made at start.
  let paths: readonly PathEntry[] | undefined
  return (method, url) => {
    paths ??= entries(description.operations)
    const path = url.split('?', 1)[0] ?? url
    const taken = paths.filter((entry) => entry.matches(path)).flatMap((entry) => entry.operations)
    const allow = taken.length > 0 ? allowOf(taken) : isOwnPath(path) ? OWN_ALLOW : undefined
    if (allow === undefined) return unknownPath(method, path, paths)
    if (method === 'OPTIONS') return { ...WHAT_IS_ALLOWED, headers: { ...WHAT_IS_ALLOWED.headers, allow } }
    return methodNotDocumented(method, path, taken, allow)
  }
}

/** What Standin's own pages take. */
const OWN_ALLOW = 'GET, HEAD, OPTIONS'

/** The answer to OPTIONS, RFC 9110 section 9.3.7. */
const WHAT_IS_ALLOWED: Reply = {
  status: 204,
  headers: { 'standin-note': formatNotes([OWN_REPLY]) },
  body: undefined,
  notes: [OWN_REPLY],
  reason: 'OPTIONS asks which methods there are',
}

function allowOf(operations: readonly Operation[]): string {
  const methods = new Set(operations.map((operation) => operation.method))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods.add('OPTIONS')].join(', ')
}

interface PathEntry {
  readonly path: string
  readonly operations: readonly Operation[]
  readonly matches: (path: string) => boolean
}

function entries(operations: readonly Operation[]): PathEntry[] {
  const byPath = new Map<string, Operation[]>()
  for (const operation of operations) {
    const known = byPath.get(operation.path)
    if (known) known.push(operation)
    else byPath.set(operation.path, [operation])
  }
  return [...byPath].map(([path, operations]) => ({ path, operations, matches: pathMatcher(path) }))
}

function methodNotDocumented(
  method: string,
  path: string,
  operations: readonly Operation[],
  allow: string,
): Reply {
  return problemReply('method-not-documented', {
    detail:
      operations.length === 0
        ? `${path} is a page of Standin itself, which takes ${allow}, not ${method}`
        : `${path} is documented with ${operations.map(label).join(' and ')}, not with ${method}`,
    headers: { allow },
    more: { documented: operations.map(label) },
  })
}

function unknownPath(method: string, path: string, paths: readonly PathEntry[]): Reply {
  const asked = path.slice(0, LONGEST)
  const segments = new Set(segmentsOf(asked))
  const nearest = paths
    .map((entry) => ({
      entry,
      shared: segmentsOf(entry.path).filter((segment) => segments.has(segment)).length,
      distance: distance(entry.path, asked),
    }))
    .toSorted((a, b) => b.shared - a.shared || a.distance - b.distance)
    .slice(0, NEAREST)
    .flatMap(({ entry }) => entry.operations)
    .slice(0, NEAREST)
    .map(label)
  return problemReply('unknown-path', {
    detail: `No documented operation is ${method} ${path}. The nearest: ${nearest.join(', ')}`,
    more: { nearest },
  })
}

/** Whole segments tell more than letters do: `/resetPin` is short of a prefix, not another operation's path. */
const segmentsOf = (path: string): string[] => path.toLowerCase().split('/').filter(Boolean)

const label = ({ method, path, source }: Operation): string => `${method} ${path} (${formatSource(source)})`
