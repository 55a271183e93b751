import * as fc from 'fast-check'

type Schema = Record<string, unknown>

const name = fc.constantFrom('a', 'b', 'id', 'first-name', 'x y', 'é', '$ref2', 'a.b', 'resCode')

const text = fc.oneof(
  fc.constant<Schema>({ type: 'string' }),
  fc
    .constantFrom('^[0-9]{4}$', '\\d+', '^(A|B)', 'x$', '^\\w+$', '[a-c&]', '^.{2}$')
    .map((pattern): Schema => ({ type: 'string', pattern })),
  fc
    .tuple(fc.nat(3), fc.nat(4))
    .map(([min, more]): Schema => ({ type: 'string', minLength: min, maxLength: min + more })),
  fc.constantFrom('date-time', 'date', 'uuid', 'email').map((format): Schema => ({ type: 'string', format })),
  fc
    .uniqueArray(fc.constantFrom('A', 'B', 'a+b', '1', 'true', 'SUCCESS'), { minLength: 1, maxLength: 3 })
    .map((values): Schema => ({ enum: values })),
  fc.constantFrom('SUCCESS', '200').map((value): Schema => ({ const: value, type: 'string' })),
)

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  { arbitrary: text, weight: 4 },
  fc.constant<Schema>({ type: 'integer' }),
  fc.constant<Schema>({ type: 'number' }),
  fc.constant<Schema>({ type: 'integer', minimum: 3 }),
  fc.constant<Schema>({ type: 'boolean' }),
  fc.constantFrom(200, 1, 14.5).map((value): Schema => ({ const: value })),
  fc.constant<Schema>({ enum: [1, 2, 30] }),
  fc.constant<Schema>({ const: true }),
  fc.constant<Schema>({ type: 'null' }),
  fc.constant<Schema>({}),
)

const nullable = scalar.map((schema): Schema => ({ anyOf: [schema, { type: 'null' }] }))
const union = fc.tuple(scalar, scalar).map(([a, b]): Schema => ({ anyOf: [a, b] }))
const listed = fc
  .subarray(['string', 'integer', 'number', 'boolean', 'null', 'object'], { minLength: 2, maxLength: 3 })
  .map((type): Schema => ({ type }))

const flat = fc.oneof(scalar, nullable, union, listed)

function objectOf(child: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const members = fc.uniqueArray(fc.record({ name, schema: child, required: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
    selector: (member) => member.name,
  })
  return fc.record({ members, closed: fc.boolean() }).map(({ members, closed }): Schema => {
    const required = members.filter((member) => member.required).map((member) => member.name)
    return {
      type: 'object',
      properties: Object.fromEntries(members.map((member) => [member.name, member.schema])),
      ...(required.length > 0 ? { required } : {}),
      ...(closed ? { additionalProperties: false } : {}),
    }
  })
}

function arrayOf(child: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.record({ items: child, min: fc.nat(2), more: fc.nat(3) }).map(({ items, min, more }) => ({
    type: 'array',
    items,
    ...(min > 0 ? { minItems: min } : {}),
    ...(more === 3 ? {} : { maxItems: min + more }),
  }))
}

const pair = (child: fc.Arbitrary<Schema>): fc.Arbitrary<{ a: Schema; b: Schema }> =>
  fc.record({ a: child, b: child })

function nested(depth: number): fc.Arbitrary<Schema> {
  if (depth === 0) return flat
  const child = nested(depth - 1)
  return fc.oneof(
    flat,
    objectOf(child),
    objectOf(child),
    arrayOf(child),
    child.map((additionalProperties): Schema => ({ type: 'object', additionalProperties })),
    pair(child).map(({ a, b }): Schema => ({ oneOf: [a, b] })),
    pair(child).map(({ a, b }): Schema => ({
      allOf: [
        { type: 'object', properties: { a }, required: ['a'] },
        { type: 'object', properties: { b } },
      ],
    })),
  )
}

/** Schemas such as descriptions hold them, with what Pact can and cannot say. */
export const schemas = nested(3)
