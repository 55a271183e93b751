import { type Static, Type } from '@sinclair/typebox'

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])

/**
 * What a value must be. A scalar asks for equality; headers, query and path values are compared as
 * text, members of a body as JSON.
 */
export const ValueMatch = Type.Union([
  Scalar,
  Type.Object({ equals: Type.Unknown() }, { additionalProperties: false }),
  Type.Object({ contains: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  Type.Object(
    { matches: Type.String({ description: 'An ECMA-262 regular expression, unanchored.' }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { present: Type.Boolean({ description: 'Whether there is a value at all.' }) },
    { additionalProperties: false },
  ),
])
export type ValueMatch = Static<typeof ValueMatch>

const Values = (description: string) => Type.Optional(Type.Record(Type.String(), ValueMatch, { description }))

/** Which requests of an operation are meant. All that is named must hold. */
export const Condition = Type.Object(
  {
    headers: Values('By name, in any case.'),
    query: Values('By name; a value that is there several times holds if one does.'),
    path: Values('By the name of the path parameter.'),
    body: Values('By JSON pointer (RFC 6901) into a JSON or form body; "" is the whole body.'),
    valid: Type.Optional(Type.Boolean({ description: 'Whether the request keeps to the description.' })),
  },
  { additionalProperties: false },
)
export type Condition = Static<typeof Condition>
