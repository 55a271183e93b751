import { Random } from './generate/random.js'
import { Search } from './generate/search.js'
import { Unsatisfiable } from './generate/unsatisfiable.js'
import type { Place } from './generate/place.js'
import type { Direction } from './schema/admits.js'
import { locate, type Resolve, type Schema } from './schema/located.js'
import type { Validator } from './validation.js'

export interface GenerateOptions {
  /** The same seed gives the same body, on every machine and on every day. */
  readonly seed?: string | number
  readonly resolve: Resolve
  /** Members that are `writeOnly` have no place in a response, `readOnly` ones none in a request. */
  readonly direction?: Direction
  /** Levels of nesting down to which optional members are shown; 8 unless given. */
  readonly maxDepth?: number
  /** The judge of the result, for the keywords that only a full validator knows. */
  readonly validate?: Validator
}

export interface Generated {
  readonly value: unknown
  /** Whether the value meets its schema. */
  readonly valid: boolean
  /** Why it does not, as a sentence. */
  readonly reason?: string
}

const ROOT: Place = { path: '', name: '', parent: '', depth: 0, variant: 0, optional: false, trail: [] }

/**
 * A body for a schema that has no example: valid, believable by the names and formats of its
 * members, with every documented member, optional ones too, and with what the schema itself shows
 * (`example`, `examples`, `default`, `const`, `enum`) wherever that is valid. Where no valid value
 * is found (some schemas have none), the best that was found is given and said to be none.
 */
export function generate(schema: Schema, options: GenerateOptions): Generated {
  const { seed = 0, resolve, direction, maxDepth = 8, validate } = options
  const root = locate(schema)
  let failed: Generated | undefined
  // Other drawings may get past what only the validator sees.
  for (const variant of validate ? [0, 1, 2, 3, 4] : [0]) {
    const search = new Search({ resolve, direction }, new Random(String(seed)), { maxDepth })
    try {
      const value = search.make([root], { ...ROOT, variant })
      const [violation] = validate?.(value) ?? []
      if (!violation) return { value, valid: true }
      failed ??= { value, valid: false, reason: `${violation.pointer || 'the body'} ${violation.message}` }
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error
      failed ??= { value: search.rejected ?? null, valid: false, reason: error.message }
    }
  }
  return failed ?? { value: null, valid: false, reason: 'no value was found' }
}
