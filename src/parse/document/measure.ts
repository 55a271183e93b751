/** Deeper than any description that was written by people or their tools, and far from the end of the stack. */
const MAX_DEPTH = 400

/**
 * Walks a parsed value and counts its members. Names a problem where the value is nested too deeply, or
 * where YAML aliases make it stand for far more than the text: without them no text can have
 * more nodes than characters.
 */
export function measure(value: unknown, textLength: number): { members: number; problem?: string } {
  const limit = Math.max(100_000, 4 * textLength)
  const pending: { node: object; depth: number }[] = []
  let members = 0
  let nodes = 0
  const add = (node: unknown, depth: number): void => {
    nodes++
    if (typeof node === 'object' && node !== null) pending.push({ node, depth })
  }
  add(value, 1)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next
    if (depth > MAX_DEPTH) {
      return {
        members,
        problem: `It is nested more than ${MAX_DEPTH} levels deep, or an alias contains itself.`,
      }
    }
    if (nodes > limit) {
      return { members, problem: 'Its YAML aliases expand to far more than the text; write the values out.' }
    }
    if (Array.isArray(node)) for (const item of node) add(item, depth + 1)
    else {
      for (const key in node) {
        members++
        add(Reflect.get(node, key), depth + 1)
      }
    }
  }
  return { members }
}
