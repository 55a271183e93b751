import { isObject } from '../../operation/json-object.js'
import { stringifyExact } from '../../operation/json.js'
import { type Located, locate, type Resolve, type Schema } from '../schema/located.js'
import { ownItemSchema, ownPropertySchemas, partsOf } from '../schema/members.js'
import { stringOf } from '../schema/keywords.js'
import { type XmlNames, xmlNamesOf } from './xml-names.js'
import { type XmlElement, xmlText } from './xml-text.js'

/**
 * A value as an XML document by the schema's `xml` keyword, OpenAPI 3.1 section 4.8.26; the reverse
 * of decodeXml. The root is called as the schema says, else as the schema it refers to, else `root`.
 */
export function writeXml(value: unknown, schema: Schema, resolve: Resolve): string {
  const located = locate(schema)
  const xml = xmlNamesOf([located], resolve)
  const name = xml.name ?? componentName(schema) ?? 'root'
  const root = elementOf(name, value, [located], resolve)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(root)}`
}

/** What a reference calls its schema; one that leads into an operation gives no name. */
function componentName(schema: Schema): string | undefined {
  const tokens = stringOf(schema, '$ref')?.split('/') ?? []
  return tokens.at(-2) === 'schemas' || tokens.at(-2) === 'definitions' ? tokens.at(-1) : undefined
}

function elementOf(name: string, value: unknown, schemas: readonly Located[], resolve: Resolve): XmlElement {
  const xml = xmlNamesOf(schemas, resolve)
  const attributes = namespaceOf(xml)
  const content: Content = []
  if (Array.isArray(value)) {
    const items = itemSchemas(schemas, resolve)
    const itemName = xmlNamesOf(items, resolve).name ?? name
    content.push(...value.map((item: unknown) => elementOf(itemName, item, items, resolve)))
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) addMember(content, attributes, key, member, schemas, resolve)
    }
  } else if (value !== null && value !== undefined && value !== '') content.push(textOf(value))
  return { name: qualified(name, xml), attributes, content }
}

type Content = (string | XmlElement)[]

function addMember(
  content: Content,
  attributes: Map<string, string>,
  key: string,
  value: unknown,
  schemas: readonly Located[],
  resolve: Resolve,
): void {
  const member = schemas
    .flatMap((schema) => [...partsOf(schema, resolve)])
    .flatMap((part) => ownPropertySchemas(part, key))
  const xml = xmlNamesOf(member, resolve)
  const name = xml.name ?? key
  if (xml.attribute) attributes.set(qualified(name, xml), textOf(value))
  else if (xml.text) content.push(textOf(value))
  else if (Array.isArray(value) && !xml.wrapped) {
    const items = itemSchemas(member, resolve)
    const itemName = xmlNamesOf(items, resolve).name ?? name
    content.push(...value.map((item: unknown) => elementOf(itemName, item, items, resolve)))
  } else content.push(elementOf(name, value, member, resolve))
}

/** A scalar as text, numbers with the digits they came with (see parseExact). */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : stringifyExact(value))

const itemSchemas = (schemas: readonly Located[], resolve: Resolve): Located[] =>
  schemas
    .flatMap((schema) => [...partsOf(schema, resolve)])
    .flatMap((part) => ownItemSchema(part, Number.MAX_SAFE_INTEGER) ?? [])

const qualified = (name: string, { prefix }: XmlNames): string =>
  prefix === undefined ? name : `${prefix}:${name}`

const namespaceOf = ({ namespace, prefix }: XmlNames): Map<string, string> =>
  new Map(namespace === undefined ? [] : [[prefix === undefined ? 'xmlns' : `xmlns:${prefix}`, namespace]])
