import { type Static, Type } from '@sinclair/typebox'
import { Condition } from './condition.js'

/** Milliseconds are integers of at most ten minutes. */
const Milliseconds = Type.Integer({ minimum: 0, maximum: 600_000 })

/** How long to wait before a reply: fixed, uniform between two bounds, or log-normal as measured latencies are. */
export const Delay = Type.Union([
  Milliseconds,
  Type.Object({ min: Milliseconds, max: Milliseconds }, { additionalProperties: false }),
  Type.Object(
    { median: Milliseconds, sigma: Type.Number({ minimum: 0, maximum: 5 }) },
    { additionalProperties: false, description: 'Log-normal: exp(ln median + sigma * N(0, 1)).' },
  ),
])
export type Delay = Static<typeof Delay>

/**
 * What goes wrong on the wire:
 * - `connection-reset`: TCP RST, no byte of a reply
 * - `empty-reply`: the connection is closed, no byte of a reply
 * - `malformed-json`: status and headers as usual, the body cut short
 * - `slow-drip`: the reply comes in small parts over `overMs`
 * - `timeout`: nothing comes; the connection stays open until the client gives up, ten minutes at most
 */
export const Fault = Type.Union([
  Type.Literal('connection-reset'),
  Type.Literal('empty-reply'),
  Type.Literal('malformed-json'),
  Type.Literal('timeout'),
  Type.Object({ type: Type.Literal('slow-drip'), overMs: Milliseconds }, { additionalProperties: false }),
])
export type Fault = Static<typeof Fault>

const stepMembers = {
  status: Type.Optional(
    Type.Integer({
      minimum: 200,
      maximum: 599,
      description: 'The documented reply of this status, or one without a body.',
    }),
  ),
  example: Type.Optional(Type.String({ description: 'The documented example of this name.' })),
  body: Type.Optional(
    Type.Unknown({
      description:
        'In place of the example: JSON, or text. Texts in it may be Handlebars templates over `request`, `state` and `session`.',
    }),
  ),
  headers: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Added to the reply.' })),
  delay: Type.Optional(Delay),
  fault: Type.Optional(Fault),
}

/** What is done to one call. Without status, example and body the reply is what it would be anyway. */
export const Step = Type.Object(stepMembers, { additionalProperties: false })
export type Step = Static<typeof Step>

/** What an override goes by. */
const ID = '^[A-Za-z0-9._-]{1,64}$'
const ID_FORM = "up to 64 letters, digits, '.', '_' and '-'"
export const OverrideId = Type.String({ pattern: ID, description: ID_FORM })

/** What a person or a test sets for an operation. The newest that fits a call and is not used up is taken. */
export const Override = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: ID, description: `${ID_FORM}; made up where it is left out` })),
    operationId: Type.Optional(Type.String({ description: 'Every operation where it is left out.' })),
    when: Type.Optional(Condition),
    ...stepMembers,
    sequence: Type.Optional(
      Type.Array(Step, {
        minItems: 1,
        maxItems: 100,
        description: 'In place of one step: one after the other, a call each.',
      }),
    ),
    afterSequence: Type.Optional(
      Type.Union([Type.Literal('stop'), Type.Literal('last'), Type.Literal('repeat')], {
        default: 'stop',
        description: 'After the last step: no override, the last one again, or from the first.',
      }),
    ),
    times: Type.Optional(
      Type.Integer({ minimum: 1, description: 'How many calls it is for; all where it is left out.' }),
    ),
    probability: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Of the calls that fit; 1 where it is left out.' }),
    ),
    seed: Type.Optional(
      Type.Union([Type.String(), Type.Number()], {
        description: 'Makes probability and delays the same in every run.',
      }),
    ),
  },
  { additionalProperties: false, $id: 'Override' },
)
export type Override = Static<typeof Override>

/** An override as it stands. */
export const ActiveOverride = Type.Composite(
  [
    Override,
    Type.Object({
      id: Type.String(),
      used: Type.Integer({ description: 'How many calls it has been taken for.' }),
      spent: Type.Boolean({ description: 'Whether it will be taken no more.' }),
      scenario: Type.Optional(Type.String({ description: 'The scenario that it came with.' })),
    }),
  ],
  { additionalProperties: false, $id: 'ActiveOverride' },
)
export type ActiveOverride = Static<typeof ActiveOverride>
