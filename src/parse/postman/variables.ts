import { at, elements, member, type Place, textMember } from '../document/place.js'

/** Values of a collection's variables by name. */
export type Variables = ReadonlyMap<string, string>

export function readVariables(collection: Place): Variables {
  const found = new Map<string, string>()
  for (const { value } of elements(at(collection, 'variable'))) {
    const name = textMember(value, 'key') ?? textMember(value, 'id')
    const given = member(value, 'value')
    const isPlain = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
    if (name !== undefined && isPlain) found.set(name, String(given))
  }
  return found
}

/** How often a variable's value may itself name variables. */
const MAX_DEPTH = 5

/** The text with `{{name}}` replaced where the collection gives a value that says something. */
export function substitute(text: string, variables: Variables): string {
  let filled = text
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const before = filled
    filled = before.replaceAll(/\{\{([^{}]*)\}\}/g, (whole, name: string) => {
      const value = variables.get(name.trim())
      return value === undefined || value === '' ? whole : value
    })
    if (filled === before || filled.length > text.length + 10_000) break
  }
  return filled
}
