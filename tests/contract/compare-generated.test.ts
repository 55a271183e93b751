import { type TSchema, Type } from '@sinclair/typebox'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { comparePacts } from '../../src/contract/compare.js'
import { generateContract } from '../../src/contract/generate.js'
import type { ApiDescription } from '../../src/operation/description.js'
import { shop } from './shop.js'

/** Everything that a contract words in a way of its own: absence, null, anything, names that are data. */
const Loose = Type.Object({
  absent: Type.Optional(Type.String()),
  nullable: Type.Union([Type.String(), Type.Null()]),
  both: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  inner: Type.Optional(Type.Object({ always: Type.String(), absent: Type.Optional(Type.Number()) })),
  list: Type.Array(Type.Object({ absent: Type.Optional(Type.Boolean()), always: Type.String() })),
  byId: Type.Record(Type.String(), Type.Integer()),
  anything: Type.Any(),
  either: Type.Union([Type.Object({ a: Type.String() }), Type.Array(Type.Integer())]),
  shut: Type.Optional(Type.Object({ a: Type.Optional(Type.Integer()) }, { additionalProperties: false })),
})

const answering = (schema: TSchema): ApiDescription => ({
  ...shop,
  operations: shop.operations.map((operation) => ({
    ...operation,
    responses: operation.responses.map((response) => ({
      ...response,
      content: response.content.map((media) => ({ ...media, schema, examples: [] })),
    })),
  })),
})

void t.test('a generated contract relies on nothing that its own docs do not promise', async (t) => {
  for (const description of [shop, onboarding.description, answering(Loose)]) {
    const { text } = generateContract(description, { consumer: 'c', provider: 'p', negative: true })
    const { findings, compatible } = comparePacts([{ file: 'c-p.json', text }], description)
    t.strictSame(findings, [])
    t.ok(compatible)
  }
})
