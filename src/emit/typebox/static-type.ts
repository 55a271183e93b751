import { isObject } from '../../operation/json-object.js'
import { concat, type Doc, group, ifBroken, indent, join, line, softLine } from '../typescript/doc.js'
import { string, typeKeyText } from '../typescript/expression.js'

/** Names the type of a `$ref`, or undefined where the module has no name for it. */
export type NameOfReference = (reference: string) => string | undefined

/** Further in than this, a type says `unknown`: nobody reads on, and compilers have limits too. */
const MAX_DEPTH = 8

interface TypeText {
  readonly doc: Doc
  /** Between brackets that see to its indentation; the same as `doc` where there is no difference. */
  readonly alone?: Doc
  /** The same on one line, to tell two types apart. */
  readonly flat: string
  readonly union: boolean
}

const word = (flat: string): TypeText => ({ doc: flat, flat, union: false })
const UNKNOWN = word('unknown')

/** The TypeScript type of the values that a JSON Schema allows, as far as types can tell. */
export const staticType = (schema: unknown, nameOf: NameOfReference): Doc => typeOf(schema, nameOf, 0).doc

/** The same to be put between the angle brackets of type arguments. */
export function staticTypeArgument(schema: unknown, nameOf: NameOfReference): Doc {
  const { doc, alone = doc } = typeOf(schema, nameOf, 0)
  return alone
}

function typeOf(schema: unknown, nameOf: NameOfReference, depth: number): TypeText {
  if (!isObject(schema) || depth > MAX_DEPTH) return schema === false ? word('never') : UNKNOWN
  const { $ref, const: only, enum: values, type, anyOf, oneOf } = schema
  if (typeof $ref === 'string') return word(nameOf($ref) ?? 'unknown')
  if (only !== undefined) return valueType(only)
  if (Array.isArray(values)) return union(values.map(valueType))
  const options = anyOf ?? oneOf
  if (Array.isArray(options)) return union(options.map((option) => typeOf(option, nameOf, depth)))
  if (Array.isArray(type)) return union(type.map((one) => typeNamed(one, schema, nameOf, depth)))
  return typeNamed(type, schema, nameOf, depth)
}

function typeNamed(
  type: unknown,
  schema: Record<string, unknown>,
  nameOf: NameOfReference,
  depth: number,
): TypeText {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return word(type)
    case 'number':
    case 'integer':
      return word('number')
    case 'array':
      return listOf(typeOf(schema['items'], nameOf, depth + 1))
    case 'object':
      return objectType(schema, nameOf, depth + 1)
    default:
      return isObject(schema['properties']) ? objectType(schema, nameOf, depth + 1) : UNKNOWN
  }
}

function valueType(value: unknown): TypeText {
  if (typeof value === 'string') {
    const { doc } = string(value)
    return typeof doc === 'string' ? word(doc) : UNKNOWN
  }
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? word(String(value).replace('e+', 'e'))
    : UNKNOWN
}

const listOf = ({ doc, flat, union }: TypeText): TypeText =>
  union
    ? { doc: concat('(', doc, ')[]'), flat: `(${flat})[]`, union: false }
    : { doc: concat(doc, '[]'), flat: `${flat}[]`, union: false }

function objectType(schema: Record<string, unknown>, nameOf: NameOfReference, depth: number): TypeText {
  const { properties, required, additionalProperties } = schema
  const members = isObject(properties) ? Object.entries(properties) : []
  if (members.length === 0) {
    const value = isObject(additionalProperties) ? typeOf(additionalProperties, nameOf, depth) : UNKNOWN
    return {
      doc: concat('Record<string, ', value.doc, '>'),
      flat: `Record<string, ${value.flat}>`,
      union: false,
    }
  }
  const needed = new Set<unknown>(Array.isArray(required) ? required : [])
  const rows = members.map(([key, member]) => {
    const head = `${typeKeyText(key)}${needed.has(key) ? '' : '?'}: `
    const { doc, flat } = typeOf(member, nameOf, depth)
    return { doc: concat(head, doc), flat: head + flat }
  })
  const separator = concat(ifBroken('', ';'), line)
  return {
    doc: group(
      concat(
        '{',
        indent(
          line,
          join(
            rows.map(({ doc }) => doc),
            separator,
          ),
        ),
        line,
        '}',
      ),
    ),
    flat: `{ ${rows.map(({ flat }) => flat).join('; ')} }`,
    union: false,
  }
}

function union(types: readonly TypeText[]): TypeText {
  const distinct = [...new Map(types.map((type) => [type.flat, type])).values()]
  const [first] = distinct
  if (first === undefined || distinct.some(({ flat }) => flat === 'unknown')) return UNKNOWN
  if (distinct.length === 1) return first
  // Further in than the bars, as an object's members are.
  const bars = join(
    distinct.map(({ doc }) => indent(doc)),
    concat(line, '| '),
  )
  return {
    doc: concat(group(indent(softLine, ifBroken('| '), bars))),
    alone: concat(group(concat(ifBroken('| '), bars))),
    flat: distinct.map(({ flat }) => flat).join(' | '),
    union: true,
  }
}
