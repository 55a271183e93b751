import type { AdmitContext } from '../schema/admits.js'
import type { Located, SchemaObject } from '../schema/located.js'
import type { Random } from './random.js'

/** Where in the body a value is made. */
export interface Place {
  /** JSON Pointer. */
  readonly path: string
  /** Of the nearest member above, `''` at the root. */
  readonly name: string
  /** The object around, whose members speak of the same person. */
  readonly parent: string
  readonly depth: number
  /** 0, then 1, 2, ... where another value than the last is wanted. */
  readonly variant: number
  /** Whether the value may be left out, which ends recursion. */
  readonly optional: boolean
  /** The schemas of everything around. */
  readonly trail: readonly SchemaObject[]
}

/** How one attempt goes about it. */
export interface Attempt {
  /** Which members to show: all, the required ones, or some. */
  readonly members: 'all' | 'required' | 'some'
  /** By how much the choice among alternatives is moved on. */
  readonly shift: number
  readonly random: Random
}

/** What the makers of arrays and objects need of the search. */
export interface Maker {
  readonly context: AdmitContext
  readonly random: Random
  admits(schema: Located, value: unknown): boolean
  /** A value that meets all the schemas. Throws Unsatisfiable. */
  make(schemas: readonly Located[], place: Place): unknown
}

export const memberPlace = (
  place: Place,
  key: string | number,
  parts: readonly Located[],
  more: Pick<Place, 'optional'> & { readonly variant?: number },
): Place => ({
  path: `${place.path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  name: typeof key === 'string' ? key : place.name,
  parent: typeof key === 'string' ? place.path : `${place.path}/${key}`,
  depth: place.depth + 1,
  variant: more.variant ?? (typeof key === 'number' ? key : place.variant),
  optional: more.optional,
  trail: [...place.trail, ...parts.flatMap(({ schema }) => (typeof schema === 'boolean' ? [] : [schema]))],
})
