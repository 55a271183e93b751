import { isObject } from '../../operation/json-object.js'
import { SOURCE_KEYWORD } from '../../operation/source.js'
import { array, call, type Expression, type Member, object, string } from '../typescript/expression.js'
import { fitsOptions } from './keyword-types.js'
import { literal } from './literal.js'
import { staticTypeArgument } from './static-type.js'

/** What a schema's text needs of the module that it stands in. */
export interface SchemaScope {
  /** `at(12)` for the `file:line` of an `x-source`; undefined where it is none. */
  origin(text: string): Expression | undefined
  /** The expression for a `$ref`, where the module has a name for what it points to. */
  reference(to: string): Expression | undefined
  /** The name of the type that a `$ref` points to. */
  typeOf(to: string): string | undefined
  /** Notes that a word is used, so that the module imports it. Returns the word. */
  use(word: string): string
}

type Schema = Record<string, unknown>

/** Keywords that only tell people something; a schema of nothing else allows anything. */
const ANNOTATION = /^(title|description|default|examples|deprecated|readOnly|writeOnly|\$comment|x-.*)$/

const SIMPLE = new Map([
  ['string', 'String'],
  ['number', 'Number'],
  ['integer', 'Integer'],
  ['boolean', 'Boolean'],
  ['null', 'Null'],
])

/** Keywords whose value is one schema, a list of schemas, or schemas by name. */
const ONE = new Set([
  'items',
  'additionalProperties',
  'not',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
])
const LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/** The pattern that `Type.Record(Type.String(), ...)` gives to its names. */
const ANY_NAME = '^(.*)$'

/**
 * The TypeBox expression that makes exactly this schema, key for key. Whatever has no builder of its
 * own is written out with `Type.Unsafe` and its type.
 */
export function schemaExpression(schema: unknown, scope: SchemaScope): Expression {
  if (!isObject(schema) || !fitsOptions(schema)) return call(scope.use('asSchema'), [literal(schema)])
  scope.use('Type')
  return built(schema, scope) ?? unsafe(schema, scope)
}

function built(schema: Schema, scope: SchemaScope): Expression | undefined {
  const make = (name: string, own: readonly string[], ...args: Expression[]): Expression =>
    call(`Type.${name}`, [...args, ...options(schema, own, scope)])
  const { type, $ref, const: only, anyOf, not, items, patternProperties } = schema
  if (typeof $ref === 'string') {
    const known = Object.keys(schema).length === 1 ? scope.reference($ref) : undefined
    return known ?? make('Ref', ['$ref'], string($ref))
  }
  if ('enum' in schema) return undefined
  if ('const' in schema) {
    return typeof only === type && (type !== 'number' || Number.isFinite(only))
      ? make('Literal', ['const', 'type'], literal(only))
      : undefined
  }
  if (Array.isArray(anyOf) && anyOf.length > 1 && anyOf.every(isObject)) {
    return make('Union', ['anyOf'], array(anyOf.map((one) => schemaExpression(one, scope))))
  }
  if (isObject(not)) return make('Not', ['not'], schemaExpression(not, scope))
  if (type === 'array' && isObject(items))
    return make('Array', ['type', 'items'], schemaExpression(items, scope))
  if (type === 'object') {
    const members = objectMembers(schema, scope)
    if (members) return make('Object', ['type', 'properties', 'required'], members)
    if (isRecord(schema)) {
      const values = Object.values(isObject(patternProperties) ? patternProperties : {})
      const own = ['type', 'patternProperties']
      return make(
        'Record',
        own,
        call('Type.String', []),
        ...values.map((one) => schemaExpression(one, scope)),
      )
    }
    return undefined
  }
  const simple = typeof type === 'string' ? SIMPLE.get(type) : undefined
  if (simple !== undefined) return make(simple, ['type'])
  return Object.keys(schema).every((key) => ANNOTATION.test(key)) ? make('Unknown', []) : undefined
}

/** Whether the schema is written with `Type.Object`, so that its properties can be got at by name. */
export type PlainObject = Schema & { readonly properties: Readonly<Record<string, Schema>> }
export const isPlainObject = (schema: unknown): schema is PlainObject =>
  isObject(schema) && fitsOptions(schema) && schema['type'] === 'object' && hasPlainProperties(schema)

function hasPlainProperties({ properties, required = [], ...rest }: Schema): boolean {
  if (!isObject(properties) || !Array.isArray(required)) return false
  if (['$ref', 'enum', 'const', 'anyOf', 'not'].some((key) => key in rest)) return false
  return (
    required.every((key) => typeof key === 'string' && Object.hasOwn(properties, key)) &&
    Object.entries(properties).every(([key, member]) => key !== '__proto__' && isObject(member))
  )
}

/** The properties, those that are not required as optional ones; undefined where `required` says more than that. */
function objectMembers(schema: Schema, scope: SchemaScope): Expression | undefined {
  if (!isPlainObject(schema)) return undefined
  const { properties, required } = schema
  const needed = new Set<unknown>(Array.isArray(required) ? required : [])
  return object(
    Object.entries(properties).map(([key, member]) => {
      const expression = schemaExpression(member, scope)
      return [key, needed.has(key) ? expression : call('Type.Optional', [expression])] as const
    }),
  )
}

function isRecord({ properties, required, patternProperties }: Schema): boolean {
  if (properties !== undefined || required !== undefined || !isObject(patternProperties)) return false
  const [[pattern, value] = [], ...others] = Object.entries(patternProperties)
  return pattern === ANY_NAME && isObject(value) && others.length === 0
}

function unsafe(schema: Schema, scope: SchemaScope): Expression {
  const type = staticTypeArgument(schema, (to) => scope.typeOf(to))
  return call('Type.Unsafe', [object(keywords(schema, [], scope))], type)
}

/** The keywords that a builder does not set itself, as its last argument; none where there are none. */
function options(schema: Schema, own: readonly string[], scope: SchemaScope): Expression[] {
  const members = keywords(schema, own, scope)
  const [first] = members
  if (first === undefined) return []
  if (members.length === 1 && 'spread' in first) return [first.spread]
  return [object(members)]
}

function keywords(schema: Schema, own: readonly string[], scope: SchemaScope): Member[] {
  const members: Member[] = []
  let origin: Expression | undefined
  for (const [key, value] of Object.entries(schema)) {
    if (own.includes(key) || value === undefined) continue
    if (key === SOURCE_KEYWORD && typeof value === 'string') origin = scope.origin(value)
    if (key !== SOURCE_KEYWORD || origin === undefined) members.push([key, keyword(key, value, scope)])
  }
  return origin ? [...members, { spread: origin }] : members
}

function keyword(key: string, value: unknown, scope: SchemaScope): Expression {
  if (ONE.has(key) && isObject(value)) return schemaExpression(value, scope)
  if (LIST.has(key) && Array.isArray(value) && value.every(isObject))
    return array(value.map((one) => schemaExpression(one, scope)))
  if (NAMED.has(key) && isObject(value) && Object.values(value).every(isObject))
    return object(Object.entries(value).map(([name, one]) => [name, schemaExpression(one, scope)] as const))
  return literal(value)
}
