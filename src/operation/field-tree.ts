import type { Parameter } from './operation.js'

/** The rows of a table, put where their names say: `pool.id` into `pool`, `items[].id` into the items of `items`. */
export interface FieldNode {
  field?: Parameter
  members: Map<string, FieldNode>
  items?: FieldNode
}

/** A step from a container to a member by its name, or to every item of an array. */
export type Step = string | typeof ITEM
export const ITEM = Symbol('every item')

export const emptyNode = (): FieldNode => ({ members: new Map() })

const DEEPEST = 32

/**
 * The steps of a documented name: dots, arrows and brackets nest (`a.b`, `a->b`, `a[0].b`, `a[].b`,
 * `a[*].b`, `filter[status]`, `$.a`). A name that is nothing of this is one step.
 */
export function stepsOf(name: string): Step[] {
  const steps: Step[] = []
  const text = name.trim().replace(/^\$\.?/, '')
  const part =
    /\s*(?:\.|->|\u2192|\u00bb|>)\s*|\[\s*(?:(\d*|\*|[nixk])|["']?([^[\]"']+)["']?)\s*\]|([^.[\]>\u2192\u00bb-]+|-(?!>))/g
  let word = ''
  const end = (): void => {
    if (word.trim() !== '') steps.push(word.trim())
    word = ''
  }
  let read = 0
  for (const match of text.matchAll(part)) {
    if (match.index !== read) return [name.trim()]
    read += match[0].length
    if (match[3] !== undefined) word += match[3]
    else {
      end()
      if (match[1] !== undefined) steps.push(ITEM)
      else if (match[2] !== undefined) steps.push(match[2].trim())
    }
  }
  end()
  return read !== text.length || steps.length === 0 || steps.length > DEEPEST ? [name.trim()] : steps
}

/** Puts a row at its place. Of two rows for one place the first stays, and is required only where both say so. */
export function place(root: FieldNode, steps: readonly Step[], field: Parameter): void {
  let node = root
  for (const step of steps) {
    if (step === ITEM) node = node.items ??= emptyNode()
    else {
      const next: FieldNode = node.members.get(step) ?? emptyNode()
      node.members.set(step, next)
      node = next
    }
  }
  if (node.field === undefined) node.field = field
  else if (node.field.required === true && field.required !== true)
    node.field = { ...node.field, required: false }
}

/** The node for the items of an array: its own, or the members that a page writes without brackets (`items.id`). */
export function itemsOf(node: FieldNode | undefined): FieldNode | undefined {
  if (node?.items === undefined) return node && node.members.size > 0 ? { members: node.members } : undefined
  const members = new Map([...node.members, ...node.items.members])
  return { ...node.items, members }
}
