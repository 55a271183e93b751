import { LosslessNumber, stringifyExact } from '../operation/json.js'
import type { Collections, Document } from '../respond/state.js'

/** Documents by id, by collection; never changed once made, so that sessions can share it. */
export type Contents = ReadonlyMap<string, ReadonlyMap<string, Document>>

const exactNumber = (text: string): unknown => {
  const number = Number(text)
  return String(number) === text ? number : Object.freeze(new LosslessNumber(text))
}

function storedNumber(number: number, pointer: string): number {
  if (!Number.isFinite(number)) throw new TypeError(`${number} at "${pointer}" has no JSON form`)
  return number === 0 ? 0 : number
}

function storedMembers(value: object, pointer: string): Document {
  const copy: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    const stored = storedValue(member, `${pointer}/${key}`)
    // An assignment to this one name would change the prototype instead of adding a member.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: stored, enumerable: true })
    else copy[key] = stored
  }
  return Object.freeze(copy)
}

/**
 * A frozen copy of a JSON value, as the store hands it out again before and after a restart:
 * numbers are plain where a JavaScript number writes back the same digits, else `LosslessNumber`
 * (`14.0`, integers past 2^53). Members that are undefined are left out, as JSON.stringify does.
 * Throws TypeError, with the JSON pointer, on what has no JSON form.
 */
export function storedValue(value: unknown, pointer = ''): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return storedNumber(value, pointer)
  if (typeof value === 'bigint') return exactNumber(value.toString())
  if (value instanceof LosslessNumber) return exactNumber(value.value)
  if (value instanceof Date) return value.toJSON()
  if (Array.isArray(value)) {
    return Object.freeze(value.map((item, index) => storedValue(item ?? null, `${pointer}/${index}`)))
  }
  if (typeof value === 'object') return storedMembers(value, pointer)
  throw new TypeError(`A ${typeof value} at "${pointer}" has no JSON form`)
}

/** As {@link storedValue}; throws TypeError where the value is not an object. */
export function storedDocument(value: unknown): Document {
  if (
    value === null ||
    typeof value !== 'object' ||
    Array.isArray(value) ||
    value instanceof LosslessNumber
  ) {
    throw new TypeError('A document is a JSON object')
  }
  return storedMembers(value, '')
}

export const contentsOf = (collections: Collections): Contents =>
  new Map(
    Object.entries(collections).map(([name, documents]) => [
      name,
      new Map(Object.entries(documents).map(([id, document]) => [id, storedDocument(document)])),
    ]),
  )

const texts = new WeakMap<Document, string>()

/**
 * The JSON text of a stored document, indented for the second level of a file. Kept, since most
 * documents are written again unchanged.
 */
export function documentText(document: Document): string {
  let text = texts.get(document)
  if (text === undefined) {
    text = stringifyExact(document, 2).replaceAll('\n', '\n    ')
    texts.set(document, text)
  }
  return text
}
