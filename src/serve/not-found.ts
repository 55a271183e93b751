import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import type { PathTree } from '../operation/path-tree.js'
import { formatSource } from '../operation/source.js'
import { formatNotes, OWN_REPLY } from '../respond/decision.js'
import { type DocumentedPath, documentedPaths, nearestOperations } from '../respond/nearest-operations.js'
import { problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'

/** Answers requests that no documented operation takes: 405 with `Allow` where the path is documented, else 404. */
export function createNotFound(
  description: ApiDescription,
  operationsAt: () => PathTree<Operation>,
  isOwnPath: (path: string) => boolean,
): (method: string, url: string) => Reply {
  // Made on the first miss: most runs see few, and thousands of paths need not be looked at before.
  let paths: readonly DocumentedPath[] | undefined
  return (method, url) => {
    paths ??= documentedPaths(description.operations)
    const path = url.split('?', 1)[0] ?? url
    const taken = operationsAt().all(path)
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

function unknownPath(method: string, path: string, paths: readonly DocumentedPath[]): Reply {
  const nearest = nearestOperations(path, paths).map(label)
  return problemReply('unknown-path', {
    detail: `No documented operation is ${method} ${path}. The nearest: ${nearest.join(', ')}`,
    more: { nearest },
  })
}

const label = ({ method, path, source }: Operation): string => `${method} ${path} (${formatSource(source)})`
