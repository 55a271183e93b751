import * as fc from 'fast-check'
import { isObject } from '../../src/operation/json-object.js'

/** Random JSON Schemas that have an instance, of most keywords that descriptions use. */

const formats = fc.constantFrom(
  'date',
  'time',
  'date-time',
  'duration',
  'uri',
  'uri-reference',
  'uri-template',
  'url',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'uuid',
  'json-pointer',
  'json-pointer-uri-fragment',
  'relative-json-pointer',
  'byte',
  'password',
  'binary',
  'iso-time',
  'iso-date-time',
  'unknown-format',
)
const patterns = fc.constantFrom(
  '^[a-z]+$',
  '^[A-Z]{3}-\\d{4}$',
  '^(foo|ba[rz])+$',
  '^\\S+@\\S+\\.\\w{2,}$',
  '^[^/]+/[^/]+$',
  '\\d',
  '^.{5,}$',
  '^(?=.*[A-Z])(?=.*\\d).{8,}$',
  '^([ab])\\1$',
  '^\\p{Lu}\\p{Ll}*$',
  '^\\+?[1-9]\\d{1,14}$',
  '^[\\w.-]*$',
  '^#[0-9a-f]{6}$',
  '^\\d{4}-(0[1-9]|1[0-2])$',
  '^$|^x',
  '^(?!test).*$',
  '\\bword\\b',
  '^[\\u0400-\\u04FF]+$',
  '^v\\d+(\\.\\d+){2}$',
)
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })
const names = fc.constantFrom(
  'id',
  'name',
  'email',
  'createdAt',
  'price',
  'a',
  'b',
  'x-y',
  'city',
  'count',
  'constructor',
  'tags',
)

const compact = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))

const lengths = fc
  .record({ minLength: maybe(fc.nat(40)), room: maybe(fc.nat(40)) })
  .map(({ minLength, room }) =>
    compact({ minLength, maxLength: room === undefined ? undefined : (minLength ?? 0) + room }),
  )

const string = fc.oneof(
  lengths.map((bounds) => ({ type: 'string', ...bounds })),
  formats.map((format) => ({ type: 'string', format })),
  patterns.map((pattern) => ({ type: 'string', pattern })),
  fc.constant({ type: 'string', pattern: '^[a-z-]+$', minLength: 12, maxLength: 14 }),
  fc.constant({ type: 'string', format: 'uri', pattern: '^https://' }),
  fc.constant({ type: 'string', format: 'email', minLength: 30, maxLength: 60 }),
)

const number = fc.oneof(
  fc
    .record({
      least: fc.integer({ min: -1e6, max: 1e6 }),
      room: fc.integer({ min: 2, max: 1e5 }),
      type: fc.constantFrom('integer', 'number'),
      open: fc.boolean(),
    })
    .map(({ least, room, type, open }) =>
      open
        ? { type, exclusiveMinimum: least, exclusiveMaximum: least + room }
        : { type, minimum: least, maximum: least + room },
    ),
  fc
    .record({
      step: fc.constantFrom(1, 2, 7, 10, 0.5, 0.01, 0.1, 1000),
      least: fc.integer({ min: -5000, max: 5000 }),
    })
    .map(({ step, least }) => ({ type: 'number', multipleOf: step, minimum: least })),
  fc
    .record({ step: fc.constantFrom(3, 5, 12), most: fc.integer({ min: -100, max: 100 }) })
    .map(({ step, most }) => ({ type: 'integer', multipleOf: step, maximum: most })),
  fc.constantFrom(
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64' },
    { type: 'number', format: 'float' },
  ),
  fc.constantFrom(
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
    { type: 'number', maximum: -1e9 },
    { type: 'integer', minimum: 2 ** 40 },
  ),
)

const scalar = fc.oneof(
  string,
  number,
  fc.constantFrom({ type: 'boolean' }, { type: 'null' }, {}, true),
  fc
    .array(
      fc.json().map((text): unknown => JSON.parse(text)),
      { minLength: 1, maxLength: 4 },
    )
    .map((values) => ({ enum: values })),
  fc.json().map((text) => ({ const: JSON.parse(text) as unknown })),
  fc.constantFrom(
    { type: ['string', 'null'] },
    { type: ['integer', 'string'], minimum: 3 },
    { type: 'string', default: 'x', minLength: 3 },
  ),
  fc.constantFrom(
    { type: 'string', example: 'shown' },
    { type: 'integer', examples: ['wrong', 4] },
    { enum: [null, 'a'] },
  ),
)

/** Through JSON, since an object with a member called "then" looks like a promise. */
function conditional(consequence: unknown): object {
  const then = `{ "properties": { "value": ${JSON.stringify(consequence)} } }`
  const text = `{ "if": { "properties": { "kind": { "const": "x" } } }, "then": ${then}, "else": { "required": ["other"] } }`
  const keywords: unknown = JSON.parse(text)
  return isObject(keywords) ? keywords : {}
}

export const { schema } = fc.letrec<{ schema: unknown; array: object; object: object; combined: object }>(
  (tie) => ({
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      scalar,
      tie('object'),
      tie('array'),
      tie('combined'),
    ),
    array: fc
      .record({
        items: maybe(tie('schema')),
        prefixItems: maybe(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
        minItems: maybe(fc.nat(3)),
        room: maybe(fc.nat(3)),
        contains: maybe(fc.constantFrom({ const: 7 }, { type: 'string', minLength: 2 })),
        closed: fc.boolean(),
        unique: fc.boolean(),
      })
      .map(({ items, prefixItems, minItems, room, contains, closed, unique }) => {
        // `contains` may only be asked of free items, and differing ones only where enough differ.
        if (contains && !items && !prefixItems) return { type: 'array', contains, minContains: minItems ?? 1 }
        if (unique)
          return compact({
            type: 'array',
            items: { type: 'integer', minimum: 1, maximum: 9 },
            uniqueItems: true,
            minItems,
          })
        if (prefixItems && closed) return { type: 'array', prefixItems, items: false }
        return compact({
          type: 'array',
          items,
          prefixItems,
          minItems,
          maxItems: room === undefined ? undefined : (minItems ?? 0) + room,
        })
      }),
    object: fc
      .record({
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 4 }),
        required: fc.boolean(),
        rest: maybe(fc.oneof(fc.boolean(), tie('schema'))),
        minProperties: maybe(fc.nat(3)),
        kind: fc.nat(5),
      })
      .map(({ properties, required, rest, minProperties, kind }) => {
        const keys = Object.keys(properties)
        const base = compact({
          type: 'object',
          properties,
          additionalProperties: rest,
          ...(required && { required: keys.slice(0, 2) }),
        })
        if (kind === 0 && rest !== false) return { ...base, minProperties: minProperties ?? 0 }
        if (kind === 1)
          return {
            type: 'object',
            patternProperties: { '^x-[a-z]+$': rest || true },
            minProperties: 1,
            additionalProperties: false,
          }
        if (kind === 2)
          return {
            type: 'object',
            propertyNames: { pattern: '^[a-z]{3}$' },
            additionalProperties: { type: 'integer' },
            minProperties: minProperties ?? 1,
          }
        if (kind === 3 && keys.length > 1)
          return { ...base, dependentRequired: { [String(keys[0])]: keys.slice(1) } }
        if (kind === 4 && !required) return { ...base, maxProperties: 2 }
        return base
      }),
    combined: fc.oneof(
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc
        .tuple(
          tie('object'),
          fc.constantFrom(
            { required: ['extra'], properties: { extra: { type: 'string' } } },
            { minProperties: 0 },
          ),
        )
        .map(([object, more]) => ({
          allOf: [{ ...object, additionalProperties: true, maxProperties: 20, propertyNames: true }, more],
        })),
      fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => ({
        oneOf: [
          { type: 'object', properties: { kind: { const: 'a' }, a }, required: ['kind'] },
          { type: 'object', properties: { kind: { const: 'b' }, b }, required: ['kind'] },
        ],
      })),
      string.map((schema) => ({ allOf: [schema, { not: { const: '' } }] })),
      tie('schema').map((consequence) => ({
        type: 'object',
        properties: { kind: { enum: ['x', 'y'] } },
        required: ['kind'],
        ...conditional(consequence),
      })),
      tie('schema').map((schema) => ({
        $defs: { inner: schema },
        type: 'object',
        properties: { a: { $ref: '#/$defs/inner' }, b: schema },
      })),
    ),
  }),
)
