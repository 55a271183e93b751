import t from 'tap'
import type { ResourceOverrides } from '../../../src/respond/resource/overrides.js'
import { Recognition, recogniseResources } from '../../../src/respond/resource/recognise.js'
import { summaryOf } from '../../../src/respond/resource/resource.js'
import { described } from './helper.js'
import { bare, blog, inPath, inQuery, json, none, ok, openapi, orders, petstore, ref } from './shop.js'

const linesOf = (text: string, overrides: ResourceOverrides = {}, left: ReadonlySet<string> = new Set()) =>
  recogniseResources(described(text), overrides, left).map((resource) => {
    const { collection, id, operations } = summaryOf(resource)
    return `${collection} ${id}: ${operations.map((one) => `${one.action} ${one.operationId}`).join(', ')}`
  })

void t.test('resources are recognised by their paths and by what replies show', async (t) => {
  t.strictSame(linesOf(petstore), [
    'pets id: list listPets, create addPet, read getPet, replace putPet, patch patchPet, delete deletePet',
  ])
  t.strictSame(linesOf(orders), [
    'orders order_id: list orders, create order, read readOrder, replace putOrder, delete deleteOrder',
  ])
  t.strictSame(
    linesOf(blog),
    [
      'users id: read getUser, delete deleteUser',
      'users.posts slug: list posts, create post, read getPost, delete deletePost',
    ],
    'what logs in, only reads, shows no identifier, or changes what is not understood is left alone',
  )
  t.strictSame(linesOf(bare), [
    'things id: list things, create addThing, read thing, patch patchThing, delete deleteThing',
  ])
})

void t.test('the member that a path parameter names', async (t) => {
  const text = { type: 'string' }
  const whole = { type: 'integer' }
  const cases: [path: string, type: string, members: Record<string, object>, id: string | undefined][] = [
    ['/pets/{petId}', 'integer', { id: whole, name: text }, 'id'],
    ['/pets/{petId}', 'string', { id: whole, name: text }, 'id'],
    ['/pets/{petId}', 'string', { id: whole, pet_id: text }, 'pet_id'],
    ['/pets/{pet_id}', 'string', { uuid: text, name: text }, 'uuid'],
    ['/pets/{id}', 'string', { petId: text, name: text }, 'petId'],
    ['/pets/{id}', 'string', { _id: text, name: text }, '_id'],
    ['/issues/{issue_number}', 'integer', { id: whole, number: whole }, 'number'],
    ['/repos/{repo}', 'string', { id: whole, name: text }, 'name'],
    ['/people/{username}', 'string', { id: whole, login: text, name: text }, 'login'],
    ['/pages/{slug}', 'string', { id: whole, slug: text }, 'slug'],
    ['/countries/{code}', 'string', { code: text }, 'code'],
    ['/pets/{pet}', 'string', { id: whole }, 'id'],
    ['/pets/{id}', 'integer', { id: text }, undefined],
    ['/pets/{petId}', 'string', { name: text }, undefined],
    ['/pets/{petId}', 'string', { id: { type: 'object' } }, undefined],
  ]
  for (const [path, type, properties, id] of cases) {
    const name = path.slice(path.indexOf('{') + 1, -1)
    const operations = {
      get: { parameters: [inPath(name, type)], responses: { 200: ok({ type: 'object', properties }) } },
      delete: { parameters: [inPath(name, type)], responses: { 204: none } },
    }
    const [resource] = recogniseResources(described(openapi({ [path]: operations })))
    t.equal(resource?.id, id, `${path} as ${type} of ${Object.keys(properties).join(', ')}`)
  }
})

void t.test('the list in an envelope', async (t) => {
  const item = { type: 'object', properties: { id: { type: 'string' } } }
  const list = { type: 'array', items: item }
  const within = (schema: object, ...names: string[]): object =>
    names
      .toReversed()
      .reduce<object>((inner, name) => ({ type: 'object', properties: { [name]: inner } }), schema)
  const two = { type: 'object', properties: { cats: list, dogs: list } }
  const cases: [string, object, readonly string[] | undefined][] = [
    ['bare', list, []],
    ['in data', within(list, 'data'), ['data']],
    ['by the noun', { type: 'object', properties: { pets: list, owners: list } }, ['pets']],
    ['the only one', within(list, 'whatever'), ['whatever']],
    ['two levels', within(list, 'result', 'items'), ['result', 'items']],
    ['HAL', within(list, '_embedded', 'pets'), ['_embedded', 'pets']],
    ['two of equal right', two, undefined],
    ['of texts', { type: 'array', items: { type: 'string' } }, undefined],
    ['no list', item, undefined],
  ]
  for (const [name, schema, tokens] of cases) {
    const paths = {
      '/pets': { get: { operationId: 'list', responses: { 200: ok(schema) } } },
      '/pets/{id}': {
        get: { parameters: [inPath('id')], responses: { 200: ok(item) } },
        delete: { parameters: [inPath('id')], responses: { 204: none } },
      },
    }
    const [resource] = recogniseResources(described(openapi(paths)))
    t.strictSame(resource?.operations.find(({ action }) => action === 'list')?.shown, tokens, name)
  }
})

void t.test('what a person says goes before', async (t) => {
  t.strictSame(linesOf(petstore, false), [])
  t.strictSame(linesOf(petstore, { patchPet: false, addPet: false }), [
    'pets id: list listPets, read getPet, replace putPet, delete deletePet',
  ])
  t.strictSame(linesOf(petstore, {}, new Set(['listPets', 'putPet'])), [
    'pets id: create addPet, read getPet, patch patchPet, delete deletePet',
  ])
  const finder = openapi(
    {
      '/pet': {
        put: { operationId: 'update', requestBody: json(ref('Pet')), responses: { 200: ok(ref('Pet')) } },
      },
      '/pet/{petId}': {
        get: {
          operationId: 'get',
          parameters: [inPath('petId', 'integer')],
          responses: { 200: ok(ref('Pet')) },
        },
      },
      '/find': {
        get: {
          operationId: 'find',
          parameters: [inQuery('name')],
          responses: {
            200: ok({ type: 'object', properties: { hits: { type: 'array', items: ref('Pet') } } }),
          },
        },
      },
      '/remove': { post: { operationId: 'remove', parameters: [inQuery('pet')], responses: { 204: none } } },
    },
    { Pet: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } } },
  )
  t.strictSame(linesOf(finder), ['pet id: read get, replace update'])
  t.strictSame(
    linesOf(finder, {
      find: { collection: 'pet', action: 'list' },
      remove: { collection: 'pet', action: 'delete', parameter: 'pet' },
    }),
    ['pet id: read get, replace update, list find, delete remove'],
  )
  t.strictSame(
    linesOf(finder, { get: false, find: { collection: 'own', action: 'list', id: 'name', items: '/hits' } }),
    ['own name: list find'],
    'a resource of its own',
  )
})

void t.test('what does not fit is told with its key', async (t) => {
  const cases: [given: unknown, message: RegExp][] = [
    [7, /^resources: expected false, or an object of operation ids, got 7$/],
    [
      { lsitPets: false },
      /^resources\.lsitPets: there is no operation with that id\. Did you mean listPets\?$/,
    ],
    [{ zzzzzzzzz: false }, /The description has: listPets, addPet/],
    [{ listPets: true }, /^resources\.listPets: expected false, or an object with collection, action/],
    [
      { listPets: { collection: 'pets' } },
      /action has to be one of list, create, read, replace, patch, delete/,
    ],
    [{ listPets: { action: 'list' } }, /needs a collection/],
    [{ listPets: { collection: '$x', action: 'list' } }, /must not begin with \$/],
    [
      { listPets: { collection: 'pets', action: 'list', item: '/a' } },
      /there is no "item"\. Did you mean items\?/,
    ],
    [{ listPets: { collection: 'pets', action: 'list', items: 'a' } }, /items has to be a JSON pointer/],
    [{ listPets: { collection: 'pets', action: 'list', id: 3 } }, /id has to be a text, got 3/],
    [{ getPet: { collection: 'pets', action: 'read', parameter: 'x' } }, /no parameter "x".*it has: petId/],
    [
      { deletePet: { collection: 'gone', action: 'delete' } },
      /not evident which member tells items of "gone" apart/,
    ],
    [{ getPet: { collection: 'pets', action: 'list' } }, /shows no list of items with the member "id"/],
  ]
  for (const [given, message] of cases) {
    t.throws(() => linesOf(petstore, given as ResourceOverrides), { code: 'STANDIN_ERR_RESOURCES', message })
  }
})

void t.test('a resource is the same whether it is asked for alone or with all others', async (t) => {
  const item = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } }
  const kept = {
    '': { get: { responses: { 200: ok({ type: 'array', items: item }) } } },
    '/{id}': {
      get: { parameters: [inPath('id', 'integer')], responses: { 200: ok(item) } },
      delete: { parameters: [inPath('id', 'integer')], responses: { 204: none } },
    },
  }
  // Two whose names have to be told apart, one alone, and one that is none, since nothing changes it.
  const paths = Object.fromEntries([
    ...['/v1/pets', '/v2/pets', '/cups'].flatMap((path) =>
      Object.entries(kept).map(([end, operations]) => [path + end, operations]),
    ),
    ['/v1/cups', kept['']],
  ])
  const description = described(openapi(paths))
  const { all } = new Recognition(description)
  t.strictSame(
    all.map(({ collection }) => collection),
    ['v1.pets', 'v2.pets', 'cups'],
  )
  for (const operation of description.operations) {
    const alone = new Recognition(description)
    t.strictSame(
      alone.of(operation),
      all.find(({ operations }) => operations.some((one) => one.operation === operation)),
    )
    t.equal(alone.of(operation), alone.of(operation))
    t.strictSame(
      alone.at(operation.path),
      all.find(({ path }) => path === operation.path),
    )
    t.equal([...alone.steps()].length, 4)
    t.strictSame(alone.all, all)
  }
})
