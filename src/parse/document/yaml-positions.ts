import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, visit } from 'yaml'
import type { Positions } from './source-document.js'

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

interface Member {
  readonly key: Node | undefined
  readonly value: Node | undefined
}

export class YamlPositions implements Positions {
  readonly #document: Document
  readonly #members = new Map<YAMLMap, Map<string, Member>>()
  #anchors: Map<string, Node> | undefined

  constructor(document: Document) {
    this.#document = document
  }

  offset(tokens: readonly string[]): number {
    let at: Member = { key: undefined, value: asNode(this.#document.contents) }
    for (const token of tokens) at = this.#child(at.value, token) ?? at
    return (at.key ?? at.value)?.range?.[0] ?? 0
  }

  json(tokens: readonly string[]): string | undefined {
    let at: Member | undefined = { key: undefined, value: asNode(this.#document.contents) }
    for (const token of tokens) {
      at = this.#child(at.value, token)
      if (at === undefined) return undefined
    }
    return this.#write(at.value)
  }

  #child(parent: Node | undefined, token: string): Member | undefined {
    const node = this.#resolved(parent)
    if (isSeq(node)) {
      const value = /^\d+$/.test(token) ? asNode(node.items[Number(token)]) : undefined
      return value === undefined ? undefined : { key: undefined, value }
    }
    return isMap(node) ? this.#membersOf(node).get(token) : undefined
  }

  #membersOf(map: YAMLMap): Map<string, Member> {
    const known = this.#members.get(map)
    if (known !== undefined) return known
    const members = new Map<string, Member>()
    for (const pair of map.items) {
      members.set(keyText(pair.key), { key: asNode(pair.key), value: asNode(pair.value) })
    }
    this.#members.set(map, members)
    return members
  }

  /** JSON text of a node. Merged maps, tagged and aliased values have no text of their own: theirs is made. */
  #write(node: Node | undefined): string {
    if (isScalar(node)) {
      const { source, value } = node
      if (typeof value === 'number' && source !== undefined && JSON_NUMBER.test(source)) return source
      return JSON.stringify(value ?? null) ?? 'null'
    }
    if (isSeq(node)) return `[${node.items.map((item) => this.#write(asNode(item))).join(',')}]`
    if (isMap(node)) {
      const members = this.#membersOf(node)
      if (!members.has('<<')) {
        const written = [...members].map(([key, { value }]) => `${JSON.stringify(key)}:${this.#write(value)}`)
        return `{${written.join(',')}}`
      }
    }
    return JSON.stringify(node?.toJS(this.#document, { maxAliasCount: -1 }) ?? null)
  }

  /** The node an alias stands for. The library looks through the whole document for each; this looks once. */
  #resolved(node: Node | undefined): Node | undefined {
    if (!isAlias(node)) return node
    if (this.#anchors === undefined) {
      const anchors = new Map<string, Node>()
      visit(this.#document, {
        Value: (_key, value) => {
          if (value.anchor !== undefined) anchors.set(value.anchor, value)
        },
      })
      this.#anchors = anchors
    }
    return this.#anchors.get(node.source)
  }
}

const asNode = (value: unknown): Node | undefined => (isNode(value) ? value : undefined)

/** The text a key has in the plain object: `200` and `"200"` are the same member. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key)
  const { value, source } = key
  if (typeof value === 'string') return value
  // Plain scalars: what the object's key will be is their canonical form, not the way they are written.
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  return isPlain ? String(value) : value === null ? '' : (source ?? '')
}
