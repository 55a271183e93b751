import { isObject } from '../../operation/json-object.js'
import type { SourceLocation } from '../../operation/source.js'
import { joinPointer, tokenToFragment } from '../../operation/pointer.js'
import type { SourceDocument } from './source-document.js'

export type Members = Record<string, unknown>

/** A node of a document, together with the way to it. */
export class Place {
  constructor(
    readonly document: SourceDocument,
    readonly value: unknown,
    private readonly parent?: Place,
    private readonly key: string | number = '',
  ) {}

  /** The JSON pointer, made when it is asked for: of most places it never is. */
  get pointer(): string {
    return this.parent === undefined ? '' : joinPointer(this.parent.pointer, this.key)
  }

  /** The pointer as a URI fragment (RFC 6901 section 6), without `#`. */
  get fragment(): string {
    return this.parent === undefined ? '' : `${this.parent.fragment}/${tokenToFragment(String(this.key))}`
  }

  get tokens(): string[] {
    if (this.parent === undefined) return []
    const { tokens } = this.parent
    tokens.push(String(this.key))
    return tokens
  }
}

/** An own member of an object; undefined for anything else. Names such as `__proto__` are names. */
export const member = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

export function textMember(value: unknown, key: string): string | undefined {
  const text = member(value, key)
  return typeof text === 'string' ? text : undefined
}

export const flagMember = (value: unknown, key: string): boolean | undefined => {
  const flag = member(value, key)
  return typeof flag === 'boolean' ? flag : undefined
}

export const root = (document: SourceDocument): Place => new Place(document, document.value)

/** The place of a member, which may be absent (its value is undefined then). */
export function at(place: Place, key: string | number): Place {
  const { value } = place
  const child: unknown = Array.isArray(value) ? value[Number(key)] : member(value, String(key))
  return new Place(place.document, child, place, key)
}

/** Places of all members of an object, in the order of the text; none for anything else. */
export const members = (place: Place): { key: string; place: Place }[] =>
  isObject(place.value) ? Object.keys(place.value).map((key) => ({ key, place: at(place, key) })) : []

/** Places of all elements of an array; none for anything else. */
export const elements = (place: Place): Place[] =>
  Array.isArray(place.value) ? place.value.map((_value, index) => at(place, index)) : []

export const sourceOf = (place: Place): SourceLocation => place.document.locate(place.tokens)

/** The absolute reference to a place, as schemas carry it: `<id>#/components/schemas/Pet`. */
export const refTo = (place: Place): string => `${place.document.id}#${place.fragment}`

export function absoluteUri(uri: string, base: string): string | undefined {
  return URL.canParse(uri, base) ? new URL(uri, base).href.replace(/#$/, '') : undefined
}
