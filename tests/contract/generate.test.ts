import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { InteractionComment } from '../../src/contract/comment.js'
import { generateContract } from '../../src/contract/generate.js'
import type { ApiDescription } from '../../src/operation/description.js'
import { OrderRequest, shop } from './shop.js'
import { verifyWithPact } from './verifier.js'

const names = { consumer: 'web', provider: 'shop' }
const orderText = '{"id":9007199254740993,"status":"OPEN","price":14,"lines":[],"more":null}'

interface Written {
  readonly interactions: readonly {
    readonly key: string
    readonly description: string
    readonly request: {
      readonly path: string
      readonly headers?: Record<string, string[]>
      readonly generators?: unknown
    }
    readonly response: { readonly status: number; readonly body?: unknown; readonly headers?: unknown }
    readonly comments: { readonly text: string[]; readonly standin: unknown }
  }[]
}
const read = (text: string): Written => JSON.parse(text)

/** A provider that does what the shop's docs say; `spoil` makes it another. */
const provider = (
  spoil: (answer: { status: number; type: string; body: string }) => object = () => ({}),
): RequestListener => {
  let exists = true
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    if (request.url === '/_states') {
      const { state, action } = JSON.parse(body)
      if (action === 'setup' && state.includes('exist')) exists = state.endsWith('exists')
      response.setHeader('content-type', 'application/json').end('{"shopToken":"fresh","signIn":"fresh"}')
      return
    }
    const token = request.headers['x-shop-token'] ?? request.headers.authorization?.replace('Bearer ', '')
    const valid = request.method === 'GET' || isOrder(body)
    const status =
      token !== 'fresh' ? 401 : !valid ? 422 : request.method === 'POST' ? 201 : exists ? 200 : 404
    const told = {
      status,
      type: 'application/json; charset=utf-8',
      body: status === 404 ? '{"error":"none"}' : orderText,
    }
    const given = { ...told, ...spoil(told) }
    response.statusCode = given.status
    response.setHeader('content-type', given.type).end(given.body)
  }
  return (request, response) => void answer(request, response)
}

function isOrder(text: string): boolean {
  try {
    return Value.Check(OrderRequest, JSON.parse(text))
  } catch {
    return false
  }
}

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(120_000)

void t.test('the same description gives the same text', async (t) => {
  const { text } = generateContract(shop, { ...names, negative: true })
  const reversed: ApiDescription = { ...shop, operations: shop.operations.toReversed() }
  t.equal(generateContract(reversed, { ...names, negative: true }).text, text)
  const { interactions } = read(text)
  const keys = interactions.map(({ key }) => key)
  t.strictSame(keys, keys.toSorted())
  t.equal(new Set(keys).size, keys.length)
  t.equal(new Set(interactions.map(({ description }) => description)).size, keys.length)
})

void t.test('each interaction says where it is documented', async (t) => {
  const { interactions } = read(generateContract(shop, names).text)
  t.strictSame(
    interactions.map(({ key, description, comments }) => [key, description, comments.text[0]]),
    [
      [
        'createOrder-201',
        'Create an order answers 201 to the documented request',
        'Documented at docs/shop.md:3 and docs/shop.md:19',
      ],
      [
        'createOrder-201-closed',
        'Create an order answers 201 with members of the documented types wherever they are present',
        'Documented at docs/shop.md:3 and docs/shop.md:19',
      ],
      [
        'createOrder-201-sent-as-text-plain',
        'Create an order answers 201 to the documented request sent as text/plain',
        'Documented at docs/shop.md:3 and docs/shop.md:19',
      ],
      [
        'createOrder-401-without-x-shop-token',
        'Create an order answers 401 without X-SHOP-TOKEN',
        'Documented at docs/shop.md:3 and docs/shop.md:30',
      ],
      [
        'getOrder-200',
        'Get an order answers 200 to the documented request',
        'Documented at docs/shop.md:40 and docs/shop.md:49',
      ],
      [
        'getOrder-200-closed',
        'Get an order answers 200 with members of the documented types wherever they are present',
        'Documented at docs/shop.md:40 and docs/shop.md:49',
      ],
      [
        'getOrder-404',
        'Get an order answers 404 when there is no such thing',
        'Documented at docs/shop.md:40 and docs/shop.md:59',
      ],
    ],
  )
  for (const { key, comments } of interactions) {
    t.strictSame([...Value.Errors(InteractionComment, comments.standin)], [], key)
  }
})

void t.test('nothing undocumented is asserted', async (t) => {
  const { interactions } = read(generateContract(shop, names).text)
  const refused = interactions.find(({ response }) => response.status === 401)
  t.strictSame(refused?.response, { status: 401 })
  const { skipped } = generateContract(shop, names)
  t.strictSame(
    skipped.map(({ operationId, status, source }) => `${operationId} ${status} ${source.line}`),
    ['createOrder 409 31', 'getOrder default 70'],
  )
})

void t.test('documented digits and tokens from the state', async (t) => {
  const { text } = generateContract(shop, names)
  t.match(text, '"price": 14.0')
  t.match(text, '"id": 9007199254740993')
  const token = { type: 'ProviderState', expression: 'Bearer ${signIn}', dataType: 'STRING' }
  const get = read(text).interactions.find(({ key }) => key === 'getOrder-200')
  t.strictSame(get?.request.generators, { header: { Authorization: token } })
})

void t.test('a provider that keeps to the docs passes, negative cases too', async (t) => {
  const { text, interactions } = generateContract(shop, { ...names, negative: true })
  const report = await verifyWithPact(text, provider(), true)
  t.strictSame(report.errors, [])
  t.equal(report.interactionResults.length, interactions)
  t.ok(interactions > 20)
})

void t.test('a provider that does not keep to them fails', async (t) => {
  const { text } = generateContract(shop, names)
  const wrong: [string, (told: { status: number; body: string }) => object, string][] = [
    [
      'a member of another type',
      ({ body }) => ({ body: body.replace('9007199254740993', '"9"') }),
      'createOrder-201',
    ],
    ['a member missing', ({ body }) => ({ body: body.replace('"price":14,', '') }), 'createOrder-201'],
    ['another constant', ({ body }) => ({ body: body.replace('OPEN', 'NEW') }), 'createOrder-201'],
    [
      'an optional member of another type',
      ({ body }) => ({ body: body.replace('"more"', '"coupon":1,"more"') }),
      'createOrder-201-closed',
    ],
    [
      'an item of another shape',
      ({ body }) => ({ body: body.replace('[]', '[{"article":"pen"}]') }),
      'createOrder-201',
    ],
    ['another media type', () => ({ type: 'text/html' }), 'createOrder-201'],
    [
      'another status',
      ({ status }) => ({ status: status === 401 ? 403 : status }),
      'createOrder-401-without-x-shop-token',
    ],
  ]
  // Each wrong provider under a path of its own, so that one run of the verifier asks them all.
  const interactions = wrong.flatMap((_, index) =>
    read(text).interactions.map((one) => ({
      ...one,
      key: `${index} ${one.key}`,
      description: `${index} ${one.description}`,
      request: { ...one.request, path: `/${index}${one.request.path}` },
    })),
  )
  const pact = JSON.stringify({ ...read(text), interactions })
  const providers = wrong.map(([, spoil]) => provider(spoil))
  const report = await verifyWithPact(
    pact,
    (request, response) => {
      const [, index = '', rest = ''] = /^\/(\d+)(.*)$/.exec(request.url ?? '') ?? []
      if (index !== '') request.url = rest
      providers[Number(index)]?.(request, response)
    },
    true,
  )
  const failed = new Set(
    report.interactionResults.filter(({ result }) => result !== 'OK').map((one) => one.interactionKey),
  )
  for (const [index, [name, , key]] of wrong.entries()) t.ok(failed.has(`${index} ${key}`), name)
})

void t.test('descriptions without a name or with the same one stay unique', async (t) => {
  const [first] = shop.operations
  if (!first) throw new Error('The shop has operations')
  const { summary: _, ...nameless } = first
  const operations = [first, { ...first, path: '/b' }, { ...nameless, path: '/c' }]
  const { text, interactions } = generateContract({ ...shop, operations }, names)
  const written = read(text).interactions
  t.equal(new Set(written.map(({ key }) => key)).size, interactions)
  t.equal(new Set(written.map(({ description }) => description)).size, interactions)
})
