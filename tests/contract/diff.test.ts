import { Type } from '@sinclair/typebox'
import t from 'tap'
import { diffDescriptions } from '../../src/contract/diff.js'
import { generateContract } from '../../src/contract/generate.js'
import type { ApiDescription } from '../../src/operation/description.js'
import type { Operation, Parameter } from '../../src/operation/operation.js'
import { Order, OrderRequest, shop } from './shop.js'

const [createOrder, getOrder] = shop.operations
if (!createOrder || !getOrder) throw new Error('The shop has two operations')

const moved = { 'x-source': 'docs/new.md:9' }
const withOperation = (operation: Operation): ApiDescription => ({
  ...shop,
  operations: [operation, getOrder],
})

const withOrder = (properties: object, required?: string[]): ApiDescription =>
  withOperation({
    ...createOrder,
    responses: createOrder.responses.map((response) => ({
      ...response,
      content: response.content.map((media) => ({
        ...media,
        schema: Type.Unsafe({
          ...Order,
          properties: { ...Order.properties, ...properties },
          required: required ?? Order.required,
        }),
      })),
    })),
  })

const withRequest = (properties: object, required?: string[]): ApiDescription =>
  withOperation({
    ...createOrder,
    requestBody: {
      content: [
        {
          mediaType: 'application/json',
          schema: Type.Unsafe({
            ...OrderRequest,
            properties: { ...OrderRequest.properties, ...properties },
            required: required ?? OrderRequest.required,
          }),
          examples: [],
        },
        { mediaType: 'text/plain', schema: OrderRequest, examples: [] },
      ],
      required: true,
      source: { file: 'docs/new.md', line: 8 },
    },
  })

const required = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('The shop has it')
  return value
}
const notQuery = (parameters: readonly Parameter[]) => parameters.filter((one) => one.in !== 'query')

const places = (description: ApiDescription): string[] =>
  diffDescriptions(shop, description).changes.map(
    ({ rule, breaking, where, old, new: now }) =>
      `${breaking ? 'breaking' : 'safe'} ${rule} ${where} ${old ? `${old.file}:${old.line}` : '-'} ${now ? `${now.file}:${now.line}` : '-'}`,
  )

void t.test('each change by its rule, with its place in both versions', async (t) => {
  const cases: [string, ApiDescription, string[]][] = [
    ['nothing', shop, []],
    [
      'an operation less',
      { ...shop, operations: [createOrder] },
      ['breaking operation-removed operation docs/shop.md:40 -'],
    ],
    [
      'an operation more',
      {
        ...shop,
        operations: [
          ...shop.operations,
          { ...getOrder, method: 'DELETE', source: { file: 'docs/new.md', line: 1 } },
        ],
      },
      ['safe operation-added operation - docs/new.md:1'],
    ],
    [
      'a path parameter of another name',
      {
        ...shop,
        operations: [
          createOrder,
          {
            ...getOrder,
            path: '/shop/orders/{id}',
            parameters: getOrder.parameters.map((one) => (one.in === 'path' ? { ...one, name: 'id' } : one)),
          },
        ],
      },
      [],
    ],
    [
      'received: another type',
      withOrder({ id: Type.String(moved) }),
      ['breaking response-type-changed response 201 body id docs/shop.md:21 docs/new.md:9'],
    ],
    [
      'received: a wider type',
      withOrder({ id: Type.Number(moved) }),
      ['breaking response-type-widened response 201 body id docs/shop.md:21 docs/new.md:9'],
    ],
    [
      'received: a narrower type',
      withOrder({ price: Type.Integer(moved) }),
      ['safe response-type-narrowed response 201 body price docs/shop.md:23 docs/new.md:9'],
    ],
    [
      'received: a member more',
      withOrder({ extra: Type.String(moved) }),
      ['safe response-member-added response 201 body extra docs/shop.md:20 docs/new.md:9'],
    ],
    [
      'received: a member that may be absent now',
      withOrder({}, ['id', 'status', 'lines']),
      ['breaking response-member-became-optional response 201 body price docs/shop.md:23 docs/shop.md:23'],
    ],
    [
      'received: another value',
      withOrder({ status: Type.Union([Type.Literal('OPEN'), Type.Literal('NEW')], moved) }),
      ['breaking response-values-widened response 201 body status docs/shop.md:22 docs/new.md:9'],
    ],
    [
      'sent: a required member more',
      withRequest({ zip: Type.String(moved) }, [...(OrderRequest.required ?? []), 'zip']),
      ['breaking request-required-member-added request body zip docs/shop.md:8 docs/new.md:9'],
    ],
    [
      'sent: an optional member more',
      withRequest({ zip: Type.String(moved) }),
      ['safe request-member-added request body zip docs/shop.md:8 docs/new.md:9'],
    ],
    [
      'sent: a higher least',
      withRequest({ amount: Type.Integer({ minimum: 5, ...moved }) }),
      ['breaking request-constraint-tightened request body amount docs/shop.md:11 docs/new.md:9'],
    ],
    [
      'sent: no least',
      withRequest({ amount: Type.Integer(moved) }),
      ['safe request-constraint-loosened request body amount docs/shop.md:11 docs/new.md:9'],
    ],
    [
      'sent: any channel',
      withRequest({ channel: Type.String(moved) }),
      ['safe request-values-widened request body channel docs/shop.md:13 docs/new.md:9'],
    ],
    [
      'a status less',
      withOperation({ ...createOrder, responses: createOrder.responses.slice(0, 2) }),
      ['breaking response-status-removed response 409 docs/shop.md:31 docs/shop.md:3'],
    ],
    [
      'no token any more',
      withOperation({ ...createOrder, security: [] }),
      ['safe credential-dropped request header X-SHOP-TOKEN docs/shop.md:3 docs/shop.md:3'],
    ],
    [
      'a query parameter less',
      { ...shop, operations: [createOrder, { ...getOrder, parameters: notQuery(getOrder.parameters) }] },
      ['breaking parameter-removed request query fields docs/shop.md:45 docs/shop.md:40'],
    ],
    [
      'a status in its class',
      withOperation({
        ...createOrder,
        responses: createOrder.responses.map((one) =>
          one.status === '409' ? { ...one, status: '4XX' } : one,
        ),
      }),
      [],
    ],
    [
      'deprecated',
      withOperation({ ...createOrder, deprecated: true }),
      ['safe operation-deprecated operation docs/shop.md:3 docs/shop.md:3'],
    ],
    [
      'a body that need not be sent',
      withOperation({
        ...createOrder,
        requestBody: { ...required(createOrder.requestBody), required: false },
      }),
      ['safe request-body-became-optional request body docs/shop.md:8 docs/shop.md:8'],
    ],
    [
      'a required header more',
      withOperation({
        ...createOrder,
        parameters: [
          ...createOrder.parameters,
          {
            in: 'header',
            name: 'X-NEW',
            required: true,
            schema: Type.String(),
            source: { file: 'docs/new.md', line: 7 },
          },
        ],
      }),
      ['breaking required-parameter-added request header X-NEW docs/shop.md:3 docs/new.md:7'],
    ],
  ]
  for (const [name, description, expected] of cases) t.strictSame(places(description), expected, name)
})

void t.test('pacts narrow it to what known consumers use', async (t) => {
  const onlyCreate = { ...shop, operations: [createOrder] }
  const pacts = [
    { file: 'a.json', text: generateContract(onlyCreate, { consumer: 'web', provider: 'shop' }).text },
  ]
  t.strictSame(diffDescriptions(shop, onlyCreate, { pacts }).changes, [], 'an operation that nobody uses')
  const { breaking, changes } = diffDescriptions(shop, withOrder({ id: Type.String() }), { pacts })
  t.ok(breaking)
  t.strictSame(
    changes.map(({ usedBy }) => usedBy),
    [['web']],
  )
  const reading = JSON.stringify({
    consumer: { name: 'mail' },
    interactions: [
      {
        description: 'a',
        request: { method: 'POST', path: '/shop/orders' },
        response: { status: 201, body: { price: 1 } },
      },
    ],
  })
  const mail = [{ file: 'b.json', text: reading }]
  t.equal(
    diffDescriptions(shop, withOrder({ id: Type.String() }), { pacts: mail }).breaking,
    false,
    'a member that nobody reads',
  )
  t.equal(diffDescriptions(shop, withOrder({ price: Type.String() }), { pacts: mail }).breaking, true)
})
