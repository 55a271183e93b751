import t from 'tap'
import { apiFor, NOW } from './helper.js'
import { bare, blog, inPath, json, ok, openapi, orders, petstore } from './shop.js'

const rex = { id: 7, name: 'Rex', tag: 'dog', age: 4 }
const mia = { id: 8, name: 'Mia', tag: 'cat' }
const now = new Date(NOW).toISOString().replace('.000Z', 'Z')

void t.test('a new item is kept, changed and deleted', async (t) => {
  const { ask, standin } = await apiFor(t, petstore)
  t.match(await ask('GET /api/v1/pets'), { status: 200, body: [rex, mia] })
  const made = await ask('POST /api/v1/pets', {
    name: 'Zoe',
    age: 2,
    secret: 's',
    stray: 1,
    id: 99,
    createdAt: '2001-01-01T00:00:00Z',
  })
  const zoe = { id: 9, name: 'Zoe', age: 2, createdAt: now, updatedAt: now }
  t.match(made, { status: 201, headers: { location: '/api/v1/pets/9' } })
  t.strictSame(made.body, zoe, 'the server alone says id and moments, and secrets are not sent')
  t.strictSame((await ask('GET /api/v1/pets/9')).body, zoe)
  t.strictSame((await ask('GET /api/v1/pets')).body, [rex, mia, zoe])
  t.match((await standin.state.read()).get('pets', '9'), { secret: 's' }, 'but kept')

  t.strictSame((await ask('PUT /api/v1/pets/9', { name: 'Zed' })).body, {
    id: 9,
    name: 'Zed',
    createdAt: now,
    updatedAt: now,
  })
  t.match(await ask('DELETE /api/v1/pets/9'), { status: 204, body: '' })
  t.match(await ask('GET /api/v1/pets/9'), {
    status: 404,
    body: { message: 'no such pet' },
    headers: { 'standin-reason': 'pets/9 is not there' },
  })
  t.match(await ask('DELETE /api/v1/pets/9'), { status: 404 })
  t.match(await ask('PUT /api/v1/pets/9', { name: 'Zed' }), { status: 404 })
  t.match(await ask('DELETE /api/v1/pets/7'), { status: 204 })
  t.strictSame((await ask('GET /api/v1/pets')).body, [mia])
  t.match((await ask('POST /api/v1/pets', { name: 'Neo' })).body, { id: 10 }, 'an id is never given twice')
  await standin.reset()
  t.strictSame((await ask('GET /api/v1/pets')).body, [rex, mia])
})

void t.test('which item and which example a reply shows is said', async (t) => {
  const { ask } = await apiFor(t, petstore)
  const shown = await ask('GET /api/v1/pets/7')
  t.match(shown.headers, {
    'standin-example': '200/default; documented; api.json:1',
    'standin-note': 'from-state; "pets/7, as the docs show it"',
  })
  await ask('PUT /api/v1/pets/7', { name: 'Max' })
  const changed = await ask('GET /api/v1/pets/7')
  t.equal(changed.headers['standin-example'], undefined)
  t.match(changed.headers, { 'standin-note': 'from-state; "pets/7"' })
  const head = await ask('HEAD /api/v1/pets/7')
  t.match(head, { status: 200, body: '' })
  t.equal(head.headers['content-length'], changed.headers['content-length'])
  t.match(await ask('GET /api/v1/pets/7?__code=404'), { status: 404 }, 'a preference goes before the state')
})

void t.test('lists are filtered, sorted, searched and cut', async (t) => {
  const { ask } = await apiFor(t, petstore)
  for (const [name, tag, age] of [
    ['Zoe', 'dog', 10],
    ['amy', 'cat', 9],
    ['Bob', undefined, 11],
  ]) {
    await ask('POST /api/v1/pets', { name, tag, age })
  }
  const cases: [query: string, ids: number[]][] = [
    ['', [7, 8, 9, 10, 11]],
    ['tag=dog', [7, 9]],
    ['tag=bird', []],
    ['sort=age', [7, 10, 9, 11, 8]],
    ['sort=-age', [11, 9, 10, 7, 8]],
    ['sort=age:desc', [11, 9, 10, 7, 8]],
    ['sort=age,desc', [11, 9, 10, 7, 8]],
    [
      'sort=tag,-name',
      [8, 10, 9, 7, 11].toSorted((a, b) => [10, 8, 9, 7, 11].indexOf(a) - [10, 8, 9, 7, 11].indexOf(b)),
    ],
    ['sort=nothing', [7, 8, 9, 10, 11]],
    ['q=O', [7, 9, 11]],
    ['limit=2', [7, 8]],
    ['limit=2&offset=3', [10, 11]],
    ['offset=9', []],
    ['limit=0', []],
    ['tag=dog&sort=-name&limit=1', [9]],
  ]
  for (const [query, ids] of cases) {
    const { body } = await ask(`GET /api/v1/pets?${query}`)
    t.strictSame(
      (body as { id: number }[]).map(({ id }) => id),
      ids,
      query,
    )
  }
})

void t.test('patches by media type', async (t) => {
  const merge = { 'content-type': 'application/merge-patch+json' }
  const operations = { 'content-type': 'application/json-patch+json' }
  const { ask } = await apiFor(t, petstore)
  const patch = (body: unknown, headers: Record<string, string>) => ask('PATCH /api/v1/pets/7', body, headers)
  t.match((await patch({ name: 'Max', tag: null, id: 3 }, merge)).body, {
    id: 7,
    name: 'Max',
    tag: undefined,
    age: 4,
    updatedAt: now,
  })
  t.match(await patch({ name: null }, merge), {
    status: 422,
    body: { violations: [{ in: 'body', pointer: '/name' }] },
  })
  t.match(
    (
      await patch(
        [
          { op: 'add', path: '/tag', value: 'x' },
          { op: 'test', path: '/age', value: 4.0 },
        ],
        operations,
      )
    ).body,
    { tag: 'x' },
  )
  t.match(
    await patch(
      [
        { op: 'replace', path: '/name', value: 'No' },
        { op: 'test', path: '/tag', value: 'y' },
      ],
      operations,
    ),
    {
      status: 409,
      body: { message: 'does not fit' },
    },
  )
  t.match(await patch([{ op: 'shift' }], operations), {
    status: 400,
    body: { code: 'malformed-body', violations: [{ pointer: '/0/op' }] },
  })
  t.match(await patch([{ op: 'remove', path: '/name' }], operations), { status: 422 })
  t.match(
    (await ask('GET /api/v1/pets/7')).body,
    { name: 'Max', tag: 'x' },
    'what is refused changes nothing',
  )
})

void t.test('digits are kept', async (t) => {
  const { ask, standin } = await apiFor(t, petstore)
  await ask('POST /api/v1/pets', '{"name":"Big","age":12345678901234567890.50}')
  const reply = await standin.inject('/api/v1/pets/9')
  t.match(reply.body, /"age":12345678901234567890\.50/)
})

void t.test('envelopes tell of their page', async (t) => {
  const { ask } = await apiFor(t, orders)
  const made = await ask('POST /orders', { order: { total: 7 } })
  const { order } = made.body as { order: { order_id: string } }
  t.match(made, {
    status: 200,
    body: { order: { state: 'open', total: 7, created: Math.floor(NOW / 1000) } },
  })
  t.match(order.order_id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  t.match(order, { links: { self: `/orders/${order.order_id}` } }, 'links of the example lead to the new one')
  const first = await ask('GET /orders?sort_by=total&order=asc')
  t.match(first, {
    body: {
      data: [{ total: 3 }, { total: 7 }],
      meta: {
        total: 3,
        page: 1,
        per_page: 2,
        total_pages: 2,
        has_more: true,
        next: '/orders?sort_by=total&order=asc&page=2',
        version: 'v7',
      },
    },
    headers: {
      'x-total-count': '3',
      link: '</orders?sort_by=total&order=asc&page=2>; rel="next", </orders?sort_by=total&order=asc&page=2>; rel="last", </orders?sort_by=total&order=asc&page=1>; rel="first"',
    },
  })
  const second = await ask('GET /orders?sort_by=total&order=asc&page=2')
  t.match(second.body, { data: [{ total: 12.5 }], meta: { page: 2, has_more: false, next: null } })
  t.match((await ask('GET /orders?state=open&per_page=3')).body, {
    data: { length: 2 },
    meta: { total: 2, total_pages: 1 },
  })
  t.match(
    (await ask('GET /orders?state=all&per_page=3')).body,
    { data: { length: 3 } },
    'a value that no item has is no filter',
  )
})

void t.test('statuses are the documented ones', async (t) => {
  const { ask } = await apiFor(t, orders)
  const id = '3f2b0c1e-9d44-4a51-8f0e-0d6a3c1b2a10'
  t.match(await ask(`GET /orders/${id}`), { status: 200, body: { order: { total: 12.5 } } })
  t.match(await ask(`PUT /orders/${id}`, { order: { state: 'paid', note: 'n' } }), { status: 204, body: '' })
  t.match((await ask(`GET /orders/${id}`)).body, {
    order: { state: 'paid', note: 'n', created: 1700000000, total: undefined },
  })
  t.match(await ask('PUT /orders/5f2b0c1e-9d44-4a51-8f0e-0d6a3c1b2a10', { order: { state: 'paid' } }), {
    status: 201,
  })
  t.match(await ask('GET /orders/5f2b0c1e-9d44-4a51-8f0e-0d6a3c1b2a10'), { status: 200 })
  t.match(await ask(`DELETE /orders/${id}`), { status: 200, body: { deleted: true } })
  t.match(await ask(`GET /orders/${id}`), {
    status: 404,
    body: { code: 'no-such-item' },
    headers: { 'standin-note': /own-reply/, 'content-type': /problem\+json/ },
  })
})

void t.test('items below parents', async (t) => {
  const { ask, standin } = await apiFor(t, blog)
  const slugs = async (user: string, query = '') => {
    const { body } = await ask(`GET /users/${user}/posts${query}`)
    return (body as { items: { slug: string }[] }).items.map(({ slug }) => slug)
  }
  t.strictSame(await slugs('u1'), ['hello', 'news'])
  t.strictSame(await slugs('u2'), ['news'], 'an item that names its parent is of that one')
  t.match(await ask('POST /users/u2/posts', { slug: 'a/b', title: 'A' }), {
    status: 201,
    body: { slug: 'a/b', user_id: 'u2' },
  })
  t.strictSame(await slugs('u2'), ['news', 'a/b'])
  t.strictSame(await slugs('u1'), ['hello', 'news'])
  t.match(await ask('GET /users/u2/posts/a%2Fb'), { status: 200, body: { title: 'A' } })
  t.match(await ask('GET /users/u1/posts/a%2Fb'), { status: 404 })
  t.ok((await standin.state.read()).get('users.posts', 'u2/a%2Fb'), 'kept by its parent and its id')
  t.match(await ask('POST /users/u2/posts', { slug: 'a/b', title: 'B' }), {
    status: 409,
    body: { why: 'taken' },
  })
  t.match(
    await ask('POST /users/u2/posts', { slug: 'taken', title: 'T' }),
    { status: 422, body: { why: 'reserved' } },
    'the documented refusal of this request',
  )
  t.match(await ask('DELETE /users/u1/posts/news'), { status: 204 })
  t.strictSame([await slugs('u1'), await slugs('u2')], [['hello'], ['news', 'a/b']])
  t.match(await ask('GET /users/u1/posts'), { body: { count: 1, next_cursor: undefined } })
  t.match(await ask('DELETE /users/u1'), { status: 202 })
  t.match(await ask('GET /users/u1/posts'), { status: 404 }, 'nothing is below what was deleted')
  t.match(await ask('POST /users/login', { name: 'x' }), { status: 200, body: { token: 't' } })
})

void t.test('cursors lead through a list', async (t) => {
  const { ask } = await apiFor(t, blog)
  for (let index = 0; index < 43; index++)
    await ask('POST /users/u9/posts', { slug: `p${index}`, title: 'T' })
  const seen: string[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const { body } = await ask(`GET /users/u9/posts?cursor=${cursor}`)
    const page = body as { items: { slug: string }[]; next_cursor?: string }
    seen.push(...page.items.map(({ slug }) => slug))
    cursor = page.next_cursor
  }
  t.equal(seen.length, 44)
  t.equal(new Set(seen).size, 44)
  t.match(await ask('GET /users/u9/posts?cursor=no'), {
    status: 400,
    body: { violations: [{ in: 'query', name: 'cursor' }] },
  })
})

void t.test('without an example there is an item for any id, until it is deleted', async (t) => {
  const { ask } = await apiFor(t, bare)
  const before = (await ask('GET /things')).body as { id: number }[]
  t.ok(before.length > 0)
  t.match(await ask('GET /things/4711'), { status: 200, body: { id: 4711 } })
  t.match(await ask('PATCH /things/4711', { label: 'mine' }), {
    status: 200,
    body: { id: 4711, label: 'mine' },
  })
  t.match((await ask('GET /things/4711')).body, { label: 'mine' })
  const made = await ask('POST /things', { id: 5000, label: 'new', size: 3 })
  t.match(made, { status: 201, body: { id: 5000 } })
  t.match(await ask('POST /things', { id: 5000, label: 'new', size: 3 }), {
    status: 409,
    body: { code: 'item-exists' },
  })
  t.strictSame(
    ((await ask('GET /things')).body as { id: number }[]).map(({ id }) => id),
    [...before.map(({ id }) => id), 4711, 5000],
  )
  t.match(await ask('DELETE /things/12'), { status: 204 })
  t.match(await ask('GET /things/12'), { status: 404 })
  t.match(await ask('PATCH /things/4711', { label: 'x' }), { status: 422 })
})

void t.test('statelessness and a module of behaviours go before', async (t) => {
  const { ask, standin } = await apiFor(t, petstore, { stateless: true })
  await ask('POST /api/v1/pets', { name: 'Zoe' })
  t.strictSame((await ask('GET /api/v1/pets')).body, [{ id: 7, name: 'Rex', tag: 'dog' }, mia])
  t.strictSame(standin.resources, [])
  const off = await apiFor(t, petstore, { resources: { addPet: false } })
  await off.ask('POST /api/v1/pets', { name: 'Zoe' })
  t.strictSame((await off.ask('GET /api/v1/pets')).body, [rex, mia])
  t.equal(off.standin.resources[0]?.operations.length, 5)
})

void t.test('an identifier that is not the path’s is a new one, too', async (t) => {
  const issue = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      number: { type: 'integer' },
      title: { type: 'string' },
      url: { type: 'string' },
    },
  }
  const shown = { id: 900, number: 41, title: 'First', url: 'https://a.test/issues/41?x=1' }
  const text = openapi({
    '/issues': {
      get: {
        operationId: 'issues',
        responses: { 200: ok({ type: 'array', items: issue }, { example: [shown] }) },
      },
      post: {
        operationId: 'open',
        requestBody: json({ type: 'object', properties: { title: { type: 'string' } } }),
        responses: { 201: ok(issue, { example: shown }) },
      },
    },
    '/issues/{issue_number}': {
      get: {
        operationId: 'issue',
        parameters: [inPath('issue_number', 'integer')],
        responses: { 200: ok(issue) },
      },
    },
  })
  const { ask } = await apiFor(t, text)
  t.strictSame((await ask('POST /issues', { title: 'A' })).body, {
    id: 901,
    number: 42,
    title: 'A',
    url: 'https://a.test/issues/42?x=1',
  })
  t.match((await ask('POST /issues', { title: 'B' })).body, { id: 902, number: 43 })
})

void t.test('replies are in the media type that is asked for', async (t) => {
  const pet = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } }
  const both = {
    description: 'ok',
    content: {
      'application/xml': { schema: pet },
      'application/json': { schema: pet, example: { id: 1, name: 'Rex' } },
    },
  }
  const text = openapi({
    '/pet': { put: { operationId: 'put', requestBody: json(pet), responses: { 200: both } } },
    '/pet/{id}': {
      get: { operationId: 'get', parameters: [inPath('id', 'integer')], responses: { 200: both } },
    },
  })
  const { ask } = await apiFor(t, text)
  await ask('PUT /pet', { id: 1, name: 'Max' })
  const typeOf = async (accept: string) =>
    (await ask('GET /pet/1', undefined, { accept })).headers['content-type']
  t.match((await ask('GET /pet/1')).body, { name: 'Max' })
  t.match(await typeOf('*/*'), /json/)
  t.match(await ask('GET /pet/1', undefined, { accept: 'application/xml' }), {
    status: 200,
    body: /<name>Max<\/name>/,
  })
  t.match(await ask('GET /pet/1', undefined, { accept: 'text/html' }), {
    status: 406,
    body: { code: 'not-acceptable' },
  })
})

void t.test(
  'a made item that is asked for by what is no identifier of its kind stays as it is made',
  async (t) => {
    const number = JSON.stringify(inPath('thing_id', 'integer'))
    const { ask } = await apiFor(t, bare.replaceAll(number, JSON.stringify(inPath('thing_id'))))
    const thing = await ask('GET /things/pebble')
    t.match(thing, { status: 200, body: { id: Number } })
    t.notMatch(thing.headers['standin-note'], /breaks-schema/)
    t.match(await ask('GET /things/12'), { status: 200, body: { id: 12 } })
  },
)

void t.test('what the docs show around an item and break themselves is said of every reply', async (t) => {
  const box = { type: 'object', properties: { id: { type: 'integer' }, size: { type: 'integer' } } }
  const around = (shown: object): object => ({
    type: 'object',
    properties: { problem: { type: 'object' }, ...shown },
  })
  const one = ok(around({ box }), { example: { problem: null, box: { id: 3, size: 4 } } })
  const boxes = openapi({
    '/boxes': {
      get: { operationId: 'boxes', responses: { 200: ok(around({ boxes: { type: 'array', items: box } })) } },
      post: { operationId: 'addBox', requestBody: json(box), responses: { 201: one } },
    },
    '/boxes/{boxId}': {
      get: { operationId: 'box', parameters: [inPath('boxId', 'integer')], responses: { 200: one } },
    },
  })
  const { standin } = await apiFor(t, boxes)
  for (const reply of [
    await standin.inject({ method: 'POST', url: '/boxes', payload: { size: 1 } }),
    await standin.inject('/boxes/3'),
  ]) {
    t.match(reply.headers['standin-note'], /from-state; .*breaks-schema; "\/problem must be object"/)
  }
})
