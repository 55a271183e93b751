import { type TSchema, Type } from '@sinclair/typebox'
import t from 'tap'
import { diffDescriptions } from '../../src/contract/diff.js'
import type { ApiDescription } from '../../src/operation/description.js'
import type { MediaType, Operation } from '../../src/operation/operation.js'
import { OrderRequest, shop } from './shop.js'

const [createOrder, getOrder] = shop.operations
if (!createOrder || !getOrder) throw new Error('The shop has two operations')

const withOperation = (changed: Partial<Operation>): ApiDescription => ({
  ...shop,
  operations: [{ ...createOrder, ...changed }, getOrder],
})

const mediaOf = (schema: TSchema): MediaType[] => [{ mediaType: 'application/json', schema, examples: [] }]

const withRequest = (
  members: Record<string, TSchema>,
  required: readonly string[] = OrderRequest.required ?? [],
): ApiDescription => {
  const properties = { ...OrderRequest.properties, ...members }
  const content = mediaOf(Type.Unsafe({ ...OrderRequest, properties, required }))
  return withOperation({ requestBody: { required: true, content, source: createOrder.source } })
}

const withParameter = (name: string, place: 'header' | 'query', required: boolean): ApiDescription => {
  const parameter = { in: place, name, required, schema: Type.String(), source: createOrder.source }
  return withOperation({ parameters: [...createOrder.parameters, parameter] })
}

/** The same schema for what is sent and what is received. */
const withSchema = (schema: TSchema): ApiDescription => {
  const content = mediaOf(schema)
  return withOperation({
    requestBody: { required: true, content, source: createOrder.source },
    responses: createOrder.responses.map((one) => (one.status === '201' ? { ...one, content } : one)),
  })
}

const consumer = (name: string, request: object) => ({
  file: `${name}.json`,
  text: JSON.stringify({
    consumer: { name },
    interactions: [{ description: 'a', request, response: { status: 201 } }],
  }),
})

void t.test('what must be sent now concerns those who do not send it', async (t) => {
  const post = { method: 'POST', path: '/shop/orders' }
  const pacts = [
    consumer('sends', { ...post, headers: { 'X-New': 'a' }, query: 'page=1', body: { zip: 'a' } }),
    consumer('does-not', { ...post, body: { amount: 1 } }),
  ]
  const users = (old: ApiDescription, now: ApiDescription): string[] =>
    diffDescriptions(old, now, { pacts }).changes.map(({ rule, usedBy }) => `${rule} ${usedBy?.join()}`)
  t.strictSame(users(shop, withParameter('X-NEW', 'header', true)), ['required-parameter-added does-not'])
  t.strictSame(users(withParameter('page', 'query', false), withParameter('page', 'query', true)), [
    'parameter-became-required does-not',
  ])
  t.strictSame(users(withParameter('page', 'query', false), shop), ['parameter-removed sends'])
  const zip = { zip: Type.String() }
  const needed = [...(OrderRequest.required ?? []), 'zip']
  t.strictSame(users(withRequest({}), withRequest(zip, needed)), ['request-required-member-added does-not'])
  t.strictSame(users(withRequest(zip), withRequest(zip, needed)), ['request-member-became-required does-not'])
  t.strictSame(users(withRequest(zip), withRequest({ zip: Type.Integer() })), ['request-type-changed sends'])
})

void t.test('alternatives, closed objects and maps', async (t) => {
  const [a, b] = [Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })]
  const c = Type.Object({ c: Type.String() })
  const closed = Type.Object({}, { additionalProperties: false })
  const map = Type.Object({}, { additionalProperties: Type.Integer() })
  const cases: [string, TSchema, TSchema, string[]][] = [
    [
      'one more',
      Type.Union([a, b]),
      Type.Union([a, b, c]),
      ['safe request-alternative-added', 'breaking response-alternative-added'],
    ],
    [
      'one less',
      Type.Union([a, b, c]),
      Type.Union([a, b]),
      ['breaking request-alternative-removed', 'safe response-alternative-removed'],
    ],
    [
      'another',
      Type.Union([a, b]),
      Type.Union([a, c]),
      [
        'breaking request-required-member-added',
        'safe request-member-removed',
        'breaking response-member-removed',
        'safe response-member-added',
      ],
    ],
    ['closed', Type.Object({}), closed, ['breaking request-object-closed', 'safe response-object-closed']],
    ['opened', closed, Type.Object({}), ['safe request-object-opened', 'safe response-object-opened']],
    [
      'free items',
      Type.Array(a),
      Type.Array(Type.Any()),
      ['safe request-type-widened', 'breaking response-type-widened'],
    ],
    ['free members', map, Type.Object({}), ['safe request-type-widened', 'breaking response-type-widened']],
    [
      'members of one direction',
      Type.Object({ id: Type.Integer() }),
      Type.Object({ id: Type.Integer(), at: Type.String({ readOnly: true }) }),
      ['safe response-member-added'],
    ],
  ]
  for (const [name, old, now, expected] of cases) {
    const { changes } = diffDescriptions(withSchema(old), withSchema(now))
    t.strictSame(
      changes.map(({ rule, breaking }) => `${breaking ? 'breaking' : 'safe'} ${rule}`).toSorted(),
      expected.toSorted(),
      name,
    )
  }
})
