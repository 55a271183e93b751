import { admits } from './admits.js'
import { arrayOf } from './keywords.js'
import type { Located, Resolve } from './located.js'
import { ownItemSchema, ownPropertySchemas, partsOf, propertyNames } from './members.js'
import { typesOfAny } from './types.js'

/** A value that is what it is: it came in a format with types of its own. */
export class Typed {
  constructor(readonly value: unknown) {}
}

/** What a format without types (a query, a form, XML) holds: text, in lists and maps. */
export type Raw = string | Typed | readonly Raw[] | ReadonlyMap<string, Raw>

export type Coerce = (raw: Raw) => unknown

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/

/**
 * Gives text the type that the schema asks for, any of the given ones. Text stays text wherever the
 * schema takes it as a string; what fits no type stays text too, for the validator to report.
 */
export function compileCoerce(schemas: readonly Located[], resolve: Resolve): Coerce {
  const types = typesOfAny(schemas, resolve)
  const ambiguous = types === undefined || types.size > 1
  const admitted = (value: unknown): boolean => schemas.some((schema) => admits(schema, value, { resolve }))

  const scalar = (text: string): unknown => {
    if (!types) return text
    const candidates: unknown[] = types.has('string') ? [text] : []
    if ((types.has('number') || types.has('integer')) && NUMBER.test(text)) candidates.push(Number(text))
    if (types.has('boolean') && (text === 'true' || text === 'false')) candidates.push(text === 'true')
    if (types.has('null') && (text === 'null' || text === '')) candidates.push(null)
    if (candidates.length < 2 || !ambiguous) return candidates.length > 0 ? candidates[0] : text
    return candidates.find(admitted) ?? candidates[0]
  }

  let ofItem: ((index: number) => Coerce) | undefined
  let ofProperty: ((name: string) => Coerce) | undefined
  return (raw) => {
    if (typeof raw === 'string') return scalar(raw)
    if (raw instanceof Typed) return raw.value
    if (isList(raw)) {
      const coerce = (ofItem ??= itemCoercion(schemas, resolve))
      return raw.map((item, index) => coerce(index)(item))
    }
    const coerce = (ofProperty ??= propertyCoercion(schemas, resolve))
    return Object.fromEntries([...raw].map(([name, member]) => [name, coerce(name)(member)]))
  }
}

// `Array.isArray` does not narrow readonly arrays.
const isList = (raw: readonly Raw[] | ReadonlyMap<string, Raw>): raw is readonly Raw[] => Array.isArray(raw)

function itemCoercion(schemas: readonly Located[], resolve: Resolve): (index: number) => Coerce {
  const parts = schemas.flatMap((schema) => [...partsOf(schema, resolve)])
  const leading = Math.max(0, ...parts.map(({ schema }) => arrayOf(schema, 'prefixItems')?.length ?? 0))
  const coercions: Coerce[] = []
  return (index) => {
    const kind = Math.min(index, leading)
    const items = (): Located[] => parts.flatMap((part) => ownItemSchema(part, kind) ?? [])
    return (coercions[kind] ??= compileCoerce(items(), resolve))
  }
}

function propertyCoercion(schemas: readonly Located[], resolve: Resolve): (name: string) => Coerce {
  const parts = schemas.flatMap((schema) => [...partsOf(schema, resolve)])
  const documented = new Set(schemas.flatMap((schema) => [...propertyNames(schema, resolve)]))
  const coercions = new Map<string, Coerce>()
  return (name) => {
    const known = coercions.get(name)
    if (known) return known
    const coerce = compileCoerce(
      parts.flatMap((part) => ownPropertySchemas(part, name)),
      resolve,
    )
    // Only documented names are kept: others are the client's, without end.
    if (documented.has(name)) coercions.set(name, coerce)
    return coerce
  }
}
