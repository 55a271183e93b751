import { isObject } from '../../operation/json-object.js'
import type { MediaType } from '../../operation/operation.js'
import { type Located, locate, type Resolve } from '../schema/located.js'
import { ownItemSchema, ownPropertySchemas, partsOf, propertyNames } from '../schema/members.js'
import { typesOfAny } from '../schema/types.js'
import type { Shape } from '../parameters/shape.js'

/** How a member of a form or multipart body is written: OpenAPI 3.1 section 4.8.15. */
export interface Member {
  readonly shape: Shape
  /** Of the items of a list. */
  readonly itemShape: Shape
  readonly contentType?: string
  readonly style?: string
  readonly explode?: boolean
  readonly allowReserved?: boolean
}

/** Documented members by name, and what is known of the others. */
export interface Members {
  readonly names: ReadonlySet<string>
  of(name: string): Member
}

const cache = new WeakMap<MediaType, Members>()

export function membersOf(media: MediaType, resolve: Resolve): Members {
  const known = cache.get(media)
  if (known) return known
  const schema = locate(media.schema)
  const parts = [...partsOf(schema, resolve)]
  const names = propertyNames(schema, resolve)
  const documented = new Map<string, Member>()
  const members: Members = {
    names,
    of(name) {
      const found = documented.get(name) ?? memberOf(parts, name, media.encoding, resolve)
      if (names.has(name)) documented.set(name, found)
      return found
    },
  }
  cache.set(media, members)
  return members
}

function memberOf(
  parts: readonly Located[],
  name: string,
  encoding: MediaType['encoding'],
  resolve: Resolve,
): Member {
  const schemas = parts.flatMap((part) => ownPropertySchemas(part, name))
  const items = schemas
    .flatMap((schema) => [...partsOf(schema, resolve)])
    .flatMap((part) => ownItemSchema(part, Number.MAX_SAFE_INTEGER) ?? [])
  const written = encoding && Object.hasOwn(encoding, name) ? encoding[name] : undefined
  const { contentType, style, explode, allowReserved } = isObject(written) ? written : {}
  return {
    shape: shapeOf(schemas, resolve),
    itemShape: shapeOf(items, resolve),
    ...(typeof contentType === 'string' && { contentType }),
    ...(typeof style === 'string' && { style }),
    ...(typeof explode === 'boolean' && { explode }),
    ...(typeof allowReserved === 'boolean' && { allowReserved }),
  }
}

function shapeOf(schemas: readonly Located[], resolve: Resolve): Shape {
  const types = typesOfAny(schemas, resolve)
  if (types?.has('array')) return 'array'
  return types?.has('object') && !types.has('string') ? 'object' : 'primitive'
}
