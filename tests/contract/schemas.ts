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

/** Schemas such as descriptions hold them, with what Pact can and cannot say. */
export const schemas: fc.Arbitrary<Schema> = fc.letrec<{ node: Schema }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalar,
    nullable,
    union,
    listed,
    fc
      .tuple(
        fc.dictionary(name, tie('node'), { minKeys: 1, maxKeys: 4 }),
        fc.infiniteStream(fc.boolean()),
        fc.boolean(),
      )
      .map(([properties, coins, closed]): Schema => {
        const required = Object.keys(properties).filter(() => coins.next().value)
        return {
          type: 'object',
          properties,
          ...(required.length > 0 ? { required } : {}),
          ...(closed ? { additionalProperties: false } : {}),
        }
      }),
    fc.tuple(tie('node'), fc.nat(2), fc.option(fc.nat(2))).map(([items, min, more]): Schema => ({
      type: 'array',
      items,
      ...(min > 0 ? { minItems: min } : {}),
      ...(more === null ? {} : { maxItems: min + (more ?? 1) }),
    })),
    tie('node').map((additionalProperties): Schema => ({ type: 'object', additionalProperties })),
    fc.tuple(tie('node'), tie('node')).map(([a, b]): Schema => ({ oneOf: [a, b] })),
    fc.tuple(tie('node'), tie('node')).map(([a, b]): Schema => ({
      allOf: [
        { type: 'object', properties: { a }, required: ['a'] },
        { type: 'object', properties: { b } },
      ],
    })),
  ),
})).node
