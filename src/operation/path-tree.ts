import { decoded } from './decoded.js'
import { pathParts, pathShape } from './path.js'
import { compilePath, type ReadPath } from './path-values.js'

interface Node<Target> {
  /** By the segment as the template writes it, decoded. */
  readonly fixed: Map<string, Node<Target>>
  /** Segments of text and parameters, `{name}.{ext}`, those with the most text first. */
  readonly mixed: Mixed<Target>[]
  parameter: Node<Target> | undefined
  readonly targets: Map<string, Target>
}

interface Mixed<Target> {
  /** The segment with every parameter called alike. */
  readonly shape: string
  /** How much of it is text. */
  readonly letters: number
  readonly reads: ReadPath
  readonly node: Node<Target>
}

/**
 * What path templates stand for, by method: a tree of path segments, so that finding one costs the same
 * among ten thousand as alone, and adding one costs no more than its segments do. Fixed text goes
 * before text with parameters, that before a parameter alone (OpenAPI 3.1 section 4.8.8.2); where the
 * nearest has not the method, the next is taken. A parameter at the end stands for at least one character.
 */
export class PathTree<Target> {
  readonly #root = newNode<Target>()

  /** Of two templates that take the same paths the first holds. */
  add(method: string, template: string, target: Target): void {
    let node = this.#root
    for (const segment of template.slice(1).split('/')) node = childOf(node, segment)
    if (!node.targets.has(method)) node.targets.set(method, target)
  }

  /** @param path as it was sent: percent-encoded, and without a query. GET answers HEAD too. */
  find(method: string, path: string): Target | undefined {
    return search(this.#root, path, 1, (node) => targetOf(node, method))
  }

  /** What stands at the same path with a slash more or less at its end, and that path. */
  findBeside(method: string, path: string): { readonly target: Target; readonly path: string } | undefined {
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
    const target = this.find(method, other)
    return target === undefined ? undefined : { target, path: other }
  }

  /** What stands at a path under any method, the nearest template first. */
  all(path: string): Target[] {
    const found: Target[] = []
    search<Target, never>(this.#root, path, 1, (node) => {
      found.push(...node.targets.values())
      return undefined
    })
    return found
  }
}

const newNode = <Target>(): Node<Target> => ({
  fixed: new Map(),
  mixed: [],
  parameter: undefined,
  targets: new Map(),
})

function childOf<Target>(node: Node<Target>, segment: string): Node<Target> {
  const parts = segment.includes('{') ? pathParts(segment) : []
  if (!parts.some((part) => 'parameter' in part)) {
    const text = decoded(segment)
    const known = node.fixed.get(text) ?? newNode()
    node.fixed.set(text, known)
    return known
  }
  if (parts.length === 1) return (node.parameter ??= newNode())
  const shape = pathShape(segment)
  const known = node.mixed.find((other) => other.shape === shape)
  if (known) return known.node
  const letters = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0)
  const added = { shape, letters, reads: compilePath(segment), node: newNode<Target>() }
  node.mixed.push(added)
  node.mixed.sort((a, b) => b.letters - a.letters)
  return added.node
}

const targetOf = <Target>({ targets }: Node<Target>, method: string): Target | undefined =>
  targets.get(method) ?? (method === 'HEAD' ? targets.get('GET') : undefined)

/** Goes through all nodes that a path leads to until one has what is looked for. `start` is where the next segment begins. */
function search<Target, Found>(
  node: Node<Target>,
  path: string,
  start: number,
  pick: (node: Node<Target>) => Found | undefined,
): Found | undefined {
  if (start > path.length) return pick(node)
  const slash = path.indexOf('/', start)
  const end = slash === -1 ? path.length : slash
  const raw = path.slice(start, end)
  const fixed = node.fixed.get(raw.includes('%') ? decoded(raw) : raw)
  const exact = fixed && search(fixed, path, end + 1, pick)
  // Nothing at the end is a slash too many; nothing in the middle is a value that is missing.
  if (exact !== undefined || (raw === '' && end === path.length)) return exact
  for (const mixed of node.mixed) {
    const found = mixed.reads(raw) && search(mixed.node, path, end + 1, pick)
    if (found !== undefined) return found
  }
  return node.parameter && search(node.parameter, path, end + 1, pick)
}
