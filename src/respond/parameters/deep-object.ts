import type { Raw } from '../schema/coerce.js'
import type { Decode, Pair } from './encoding.js'
import { Unreadable } from './malformed.js'

/** A member under construction: the text that stands at it, and its own members. */
interface Node {
  readonly texts: string[]
  readonly members: Map<string, Node>
}

/** No description goes so far, and a URL must not be able to exhaust the stack. */
const DEEPEST = 64

const newNode = (): Node => ({ texts: [], members: new Map() })

/**
 * `color[R]=100&color[shade][dark]=1`, OpenAPI 3.1 section 4.8.12.4. The specification leaves
 * deeper nesting and lists open; they are read as PHP, Rails and `qs` write them:
 * `list[]=a&list[]=b`, `list[0]=a&list[1]=b` and a repeated `list=a`. Throws Unreadable.
 */
export function readDeepObject(pairs: readonly Pair[], name: string, decode: Decode): Raw[] {
  const root = newNode()
  for (const pair of pairs) {
    const path = pathOf(pair.name, name)
    if (!path) continue
    if (path.length > DEEPEST)
      throw new Unreadable('style', `must not nest deeper than ${DEEPEST} levels`, DEEPEST)
    let node = root
    for (const key of path) {
      const next = node.members.get(key) ?? newNode()
      node.members.set(key, next)
      node = next
    }
    node.texts.push(decode(pair.raw))
  }
  return root.members.size === 0 ? [] : [rawOf(root)]
}

/** The keys in brackets; undefined where the pair is not one of the parameter's. */
function pathOf(pair: string, name: string): string[] | undefined {
  if (!pair.startsWith(`${name}[`) || !pair.endsWith(']')) return undefined
  return pair.slice(name.length + 1, -1).split('][')
}

function rawOf({ texts, members }: Node): Raw {
  const [text = ''] = texts
  if (members.size === 0) return texts.length > 1 ? texts : text
  const appended = members.get('')
  if (appended && members.size === 1) return appended.members.size === 0 ? appended.texts : [rawOf(appended)]
  const isList = [...members.keys()].every((key) => /^\d+$/.test(key))
  if (!isList) return new Map([...members].map(([key, member]) => [key, rawOf(member)]))
  return [...members].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, member]) => rawOf(member))
}
