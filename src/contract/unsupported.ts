import { type Static, Type } from '@sinclair/typebox'

/** A constraint of the schema that Pact's matchers do not assert; the schema check beside Pact does. */
export const Unsupported = Type.Object({
  /** JSON pointer (RFC 6901) into the schema that the contract carries, at the keyword. */
  pointer: Type.String(),
  keyword: Type.String(),
  message: Type.String(),
  /** Whether the keyword alone is left unasserted, or everything that the subschema around it says. */
  scope: Type.Union([Type.Literal('keyword'), Type.Literal('schema')]),
})
export type Unsupported = Static<typeof Unsupported>

/** Collects what cannot be asserted; each constraint once, in the order of its pointer. */
export class Limits {
  readonly #found = new Map<string, Unsupported>()

  keyword(pointer: string, keyword: string, message: string): void {
    this.#add({ pointer, keyword, message, scope: 'keyword' })
  }

  schema(pointer: string, keyword: string, message: string): void {
    this.#add({ pointer, keyword, message, scope: 'schema' })
  }

  list(): Unsupported[] {
    return [...this.#found.values()].toSorted((a, b) => (a.pointer < b.pointer ? -1 : 1))
  }

  #add(unsupported: Unsupported): void {
    if (!this.#found.has(unsupported.pointer)) this.#found.set(unsupported.pointer, unsupported)
  }
}

export const conflict = (limits: Limits, pointer: string, keyword: string): void =>
  limits.keyword(pointer, keyword, `"${keyword}" says something else than another part of the same allOf`)
