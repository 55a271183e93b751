import { distance } from 'fastest-levenshtein'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { pathMatcher } from '../operation/path.js'
import { formatSource } from '../operation/source.js'
import { problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'

/** How many of the nearest operations a 404 names. */
const NEAREST = 3

/** Answers requests that no documented operation takes: 405 with `Allow` where the path is documented, else 404. */
export function createNotFound(description: ApiDescription): (method: string, url: string) => Reply {
  // Made on the first miss: most runs see few, and thousands of patterns need not be made at start.
  let paths: readonly PathEntry[] | undefined
  return (method, url) => {
    paths ??= entries(description.operations)
    const path = url.split('?', 1)[0] ?? url
    const taken = paths.filter((entry) => entry.matches(path)).flatMap((entry) => entry.operations)
    return taken.length > 0 ? methodNotDocumented(method, path, taken) : unknownPath(method, path, paths)
  }
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

function methodNotDocumented(method: string, path: string, operations: readonly Operation[]): Reply {
  const methods = new Set(operations.map((operation) => operation.method))
  if (methods.has('GET')) methods.add('HEAD')
  const allow = [...methods, 'OPTIONS'].join(', ')
  return problemReply('method-not-documented', {
    detail: `${path} is documented with ${operations.map(label).join(' and ')}, not with ${method}`,
    headers: { allow },
    more: { documented: operations.map(label) },
  })
}

function unknownPath(method: string, path: string, paths: readonly PathEntry[]): Reply {
  const nearest = paths
    .map((entry) => ({ entry, distance: distance(entry.path, path) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .flatMap(({ entry }) => entry.operations)
    .slice(0, NEAREST)
    .map(label)
  return problemReply('unknown-path', {
    detail: `No documented operation is ${method} ${path}. The nearest: ${nearest.join(', ')}`,
    more: { nearest },
  })
}

const label = ({ method, path, source }: Operation): string => `${method} ${path} (${formatSource(source)})`
