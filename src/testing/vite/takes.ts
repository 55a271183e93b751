import type { ApiDescription } from '../../operation/description.js'
import { PathTree } from '../../operation/path-tree.js'

/** What begins so is Standin's own, wherever it is mounted. */
const OWN_PATHS = '/_standin/'

/**
 * Which request targets are the stand-in's: its own paths, the documented ones, and with a prefix all below that.
 * @param description as it is now; it changes when the docs do
 */
export function takesOf(
  description: () => ApiDescription,
  prefix: string | undefined,
): (target: string) => boolean {
  const base = prefix?.replace(/\/+$/, '')
  const documented = matcherOf()
  return (target) => {
    const [path = '/'] = target.split('?', 1)
    if (path.startsWith(OWN_PATHS)) return true
    if (base !== undefined && (path === base || path.startsWith(`${base}/`))) return true
    return documented(description(), path)
  }
}

/** Any method: one that is not documented is the stand-in's to refuse. */
const METHOD = 'ANY'

/** The tree of paths is made once for each description. */
function matcherOf(): (description: ApiDescription, path: string) => boolean {
  let last: ApiDescription | undefined
  let paths = new PathTree<true>()
  return (description, path) => {
    if (description !== last) {
      last = description
      paths = new PathTree()
      for (const operation of description.operations) paths.add(METHOD, operation.path, true)
    }
    return paths.find(METHOD, path) === true
  }
}
