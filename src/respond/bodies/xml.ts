import type { MediaType } from '../../operation/operation.js'
import { compileCoerce, type Raw } from '../schema/coerce.js'
import { type Located, locate, type Resolve } from '../schema/located.js'
import { ownItemSchema, ownPropertySchemas, partsOf, propertyNames } from '../schema/members.js'
import { typesOfAny } from '../schema/types.js'
import { Malformed } from './malformed.js'
import { decodeText } from './text.js'
import { type Element, parseXml } from './xml-element.js'
import { xmlNamesOf } from './xml-names.js'

/**
 * An XML body by the schema's `xml` keyword, OpenAPI 3.1 section 4.8.26: names, attributes, and
 * lists with or without a wrapper. Namespaces are not told apart: only local names count. What the
 * schema does not document keeps its own name.
 */
export function decodeXml(
  bytes: Uint8Array,
  contentType: string | undefined,
  media: MediaType,
  resolve: Resolve,
): unknown {
  const declared = /^<\?xml[^>]*\bencoding=["']([^"']+)/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )
  const charset = /charset/i.test(contentType ?? '') ? undefined : declared?.[1]
  const root = parseXml(decodeText(bytes, contentType, charset))
  const schema = locate(media.schema)
  const { name } = xmlNamesOf([schema], resolve)
  if (name !== undefined && name !== root.name) {
    throw new Malformed('xml', `must have the root element ${name}, has ${root.name}`, '', name)
  }
  return compileCoerce([schema], resolve)(rawOf(root, [schema], resolve))
}

function rawOf(element: Element, schemas: readonly Located[], resolve: Resolve): Raw {
  const types = typesOfAny(schemas, resolve)
  if (types?.has('array') && !types.has('object')) {
    const items = itemSchemas(schemas, resolve)
    return element.children.map((child) => rawOf(child, items, resolve))
  }
  const isObject = types ? types.has('object') : element.children.length > 0
  return isObject ? membersOf(element, schemas, resolve) : element.text
}

const itemSchemas = (schemas: readonly Located[], resolve: Resolve): Located[] =>
  schemas
    .flatMap((schema) => [...partsOf(schema, resolve)])
    .flatMap((part) => ownItemSchema(part, Number.MAX_SAFE_INTEGER) ?? [])

function membersOf(element: Element, schemas: readonly Located[], resolve: Resolve): Raw {
  const members = new Map<string, Raw>()
  const attributes = new Map(element.attributes)
  const children = new Set(element.children)
  const parts = schemas.flatMap((schema) => [...partsOf(schema, resolve)])
  const names = new Set(schemas.flatMap((schema) => [...propertyNames(schema, resolve)]))
  for (const name of names) {
    const member = parts.flatMap((part) => ownPropertySchemas(part, name))
    const xml = xmlNamesOf(member, resolve)
    const own = xml.name ?? name
    if (xml.attribute) {
      const value = attributes.get(own)
      if (value !== undefined) members.set(name, value)
      attributes.delete(own)
      continue
    }
    if (xml.text) {
      members.set(name, element.text)
      continue
    }
    const isList = typesOfAny(member, resolve)?.has('array') ?? false
    const items = isList && !xml.wrapped ? itemSchemas(member, resolve) : undefined
    const wanted = items ? (xmlNamesOf(items, resolve).name ?? own) : own
    const found = [...children].filter((child) => child.name === wanted)
    for (const child of found) children.delete(child)
    const [first, ...more] = found
    if (!first) continue
    if (items)
      members.set(
        name,
        found.map((child) => rawOf(child, items, resolve)),
      )
    else if (more.length > 0)
      members.set(
        name,
        found.map((child) => rawOf(child, member, resolve)),
      )
    else members.set(name, rawOf(first, member, resolve))
  }
  for (const [name, value] of attributes) if (!members.has(name)) members.set(name, value)
  addUndocumented(members, [...children], parts, resolve)
  return members
}

function addUndocumented(
  members: Map<string, Raw>,
  children: readonly Element[],
  parts: readonly Located[],
  resolve: Resolve,
): void {
  for (const { name } of children) {
    if (members.has(name)) continue
    const member = parts.flatMap((part) => ownPropertySchemas(part, name))
    const values = children
      .filter((child) => child.name === name)
      .map((child) => rawOf(child, member, resolve))
    members.set(name, values.length > 1 ? values : (values[0] ?? ''))
  }
}
