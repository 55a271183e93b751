import { distance } from 'fastest-levenshtein'
import type { Operation } from '../operation/operation.js'
import { pathParts } from '../operation/path.js'
import { compilePath, type ReadPath } from '../operation/path-values.js'

/** Operations that share a path. */
export interface DocumentedPath {
  readonly path: string
  readonly operations: readonly Operation[]
  readonly matches: (path: string) => boolean
}

/** The documented paths, in the order in which the docs have them. */
export function documentedPaths(operations: readonly Operation[]): DocumentedPath[] {
  const byPath = new Map<string, Operation[]>()
  for (const operation of operations) {
    const known = byPath.get(operation.path)
    if (known) known.push(operation)
    else byPath.set(operation.path, [operation])
  }
  return [...byPath].map(([path, operations]) => {
    // Thousands of patterns are not made before one is asked for.
    let read: ReadPath | undefined
    const matches = (actual: string) => (read ??= compilePath(path))(actual) !== undefined
    return { path, operations, matches }
  })
}

/** How many of the nearest operations are named. */
const NEAREST = 3
/** Comparing letters takes the product of two lengths. */
const LONGEST = 500

/**
 * The operations whose paths are most like a path that no operation has, the nearest first: by whole
 * segments that both have, then by letters. Letters are compared only where the lengths alone do not
 * rule a path out, since there may be ten thousand.
 */
export function nearestOperations(path: string, paths: readonly DocumentedPath[]): Operation[] {
  const asked = path.slice(0, LONGEST)
  const segments = new Set(segmentsOf(asked))
  let best: { entry: DocumentedPath; shared: number; letters: number }[] = []
  for (const entry of paths) {
    const shared = segmentsOf(entry.path).filter((segment) => segments.has(segment)).length
    const last = best.length < NEAREST ? undefined : best.at(-1)
    if (last && shared < last.shared) continue
    if (last && shared === last.shared && Math.abs(entry.path.length - asked.length) >= last.letters) continue
    best = [...best, { entry, shared, letters: distance(entry.path, asked) }]
      .toSorted((a, b) => b.shared - a.shared || a.letters - b.letters)
      .slice(0, NEAREST)
  }
  return best.flatMap(({ entry }) => entry.operations).slice(0, NEAREST)
}

/** Whole segments tell more than letters do: `/resetPin` is short of a prefix, not another operation's path. */
const segmentsOf = (path: string): string[] => path.toLowerCase().split('/').filter(Boolean)

/** What of a request is not as an operation is documented: `segment 2 is 'user', documented is 'users'`. */
export function pathDiffers(method: string, path: string, operation: Operation): string {
  const differs =
    path === operation.path || matchesPath(operation.path, path) ? [] : [inPath(path, operation.path)]
  if (method !== operation.method)
    differs.unshift(`the method is ${method}, documented is ${operation.method}`)
  return differs.join('; ')
}

function inPath(actual: string, documented: string): string {
  if (documented.endsWith(actual) && actual !== '/') {
    return `the path lacks ${documented.slice(0, -actual.length)} at its beginning`
  }
  if (actual.endsWith(documented)) {
    return `the path has ${actual.slice(0, -documented.length)} before the documented one`
  }
  const [are, should] = [actual.split('/').slice(1), documented.split('/').slice(1)]
  const differing = should.flatMap((segment, index) => {
    const is = are[index]
    if (is === undefined || isOf(segment, is)) return []
    return [`segment ${index + 1} is '${is}', documented is '${segment}'`]
  })
  if (are.length !== should.length) {
    differing.unshift(`the path has ${count(are.length)}, documented are ${should.length}`)
  }
  return differing.slice(0, 3).join(', ')
}

const matchesPath = (template: string, actual: string): boolean => compilePath(template)(actual) !== undefined

const isOf = (segment: string, actual: string): boolean =>
  segment === actual ||
  (pathParts(segment).some((part) => 'parameter' in part) && matchesPath(segment, actual))

const count = (segments: number): string => `${segments} segment${segments === 1 ? '' : 's'}`
