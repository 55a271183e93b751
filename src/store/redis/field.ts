import { parseExact, stringifyExact } from '../../operation/json.js'
import type { Document } from '../../respond/state.js'
import { storedDocument } from '../document.js'

/** The field of a document in the hash of its session: `["accounts","100"]`. It holds no line break. */
export const fieldName = (collection: string, id: string): string =>
  `[${JSON.stringify(collection)},${JSON.stringify(id)}]`

/** Throws an Error on what no {@link fieldName} is. */
export function parseField(field: string): readonly [collection: string, id: string] {
  const names: unknown = JSON.parse(field)
  if (Array.isArray(names) && names.length === 2) {
    const [collection, id]: unknown[] = names
    if (typeof collection === 'string' && typeof id === 'string') return [collection, id]
  }
  throw new SyntaxError('Not the collection and the id of a document')
}

/** A document as the hash holds it. */
export interface Kept {
  /** Null where the session has deleted it from what it started from. */
  readonly document: Document | null
  /** Documents that a session has put beside those that it started from are listed in this order. */
  readonly order: number
}

/** `ORDER TEXT`; the order is left out where it is 0, and the text where the document is deleted. */
export const fieldValue = ({ document, order }: Kept): string => {
  if (document === null) return ''
  const text = stringifyExact(document)
  return order === 0 ? text : `${order} ${text}`
}

/** Throws an Error on what no {@link fieldValue} is. */
export function parseValue(value: string): Kept {
  if (value === '') return { document: null, order: 0 }
  const start = value.indexOf('{')
  return { document: parseDocument(value.slice(start)), order: start === 0 ? 0 : Number.parseInt(value, 10) }
}

function parseDocument(text: string): Document {
  const plain: unknown = JSON.parse(text)
  // Most texts hold no number that JavaScript would write otherwise, and those are read many times faster.
  return storedDocument(JSON.stringify(plain) === text ? plain : parseExact(text))
}
