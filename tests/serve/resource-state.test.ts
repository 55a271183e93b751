import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../folder.js'
import { createStandin, type Standin } from '../../src/index.js'

const pets = [
  { id: 1, name: 'Ada' },
  { id: 2, name: 'Bob' },
]
const Pet = {
  type: 'object',
  required: ['name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
}
const json = (schema: unknown, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})
const description = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        responses: { 200: { description: 'All', content: json({ type: 'array', items: Pet }, pets) } },
      },
      post: {
        operationId: 'addPet',
        requestBody: { required: true, content: json(Pet) },
        responses: { 201: { description: 'Made', content: json(Pet) } },
      },
    },
    '/pets/{petId}': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: {
        operationId: 'getPet',
        responses: { 200: { description: 'One', content: json(Pet) }, 404: { description: 'None' } },
      },
      delete: { operationId: 'deletePet', responses: { 204: { description: 'Gone' } } },
    },
  },
}

void t.test('people see the items of the docs in the state, and can put them back', async (t) => {
  const folder = folderFor(t)
  const source = join(folder, 'pets.json')
  writeFileSync(source, JSON.stringify(description))
  const standin = await createStandin({ sources: [source] })
  t.teardown(() => standin.close())
  const control = async (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    payload?: object,
  ): Promise<unknown> => {
    const reply = await standin.inject({ method, url: `/_standin/v1${path}`, ...(payload && { payload }) })
    t.ok(reply.statusCode < 300, `${method} ${path}: ${reply.body}`)
    return reply.body === '' ? undefined : reply.json()
  }
  const names = async (session?: string): Promise<string[]> => {
    const headers = session === undefined ? {} : { 'standin-session': session }
    const reply = await standin.inject({ url: '/pets', headers })
    return reply.json<{ name: string }[]>().map(({ name }) => name)
  }
  const shown = await control('GET', '/state')
  t.strictSame(shown, { pets: { 1: pets[0], 2: pets[1] } })

  await control('PUT', '/snapshots/before')
  await standin.inject({ method: 'POST', url: '/pets', payload: { name: 'Cid' } })
  await standin.inject({ method: 'DELETE', url: '/pets/1' })
  t.strictSame(await names(), ['Bob', 'Cid'])
  t.strictSame(await control('GET', '/state'), { pets: { 2: pets[1], 3: { id: 3, name: 'Cid' } } })

  await control('PUT', '/snapshots/after')
  await control('POST', '/snapshots/before/restore')
  t.strictSame(await names(), ['Ada', 'Bob'], 'what was deleted is there again')
  await control('POST', '/snapshots/after/restore')
  t.strictSame(await names(), ['Bob', 'Cid'], 'and gone again')
  await control('PUT', '/state', { pets: { 9: { id: 9, name: 'Zoe' } } })
  t.strictSame(await names(), ['Zoe'])
  await control('POST', '/state/reset')
  t.strictSame(await names(), ['Ada', 'Bob'])

  await control('POST', '/sessions', { name: 'other', snapshot: 'after' })
  t.strictSame(await names('other'), ['Bob', 'Cid'], 'a session that begins from a snapshot')
  t.strictSame(await names(), ['Ada', 'Bob'], 'and no other sees it')
})

void t.test('an example that is edited in the store changes the items that nobody changed', async (t) => {
  let again: Standin | undefined
  // Told before there is a folder, so that it is done before the folder goes.
  t.teardown(() => again?.close())
  const folder = t.testdir({ 'pets.json': JSON.stringify(description) })
  const options = {
    sources: ['pets.json'],
    cwd: folder,
    store: join(folder, 'store'),
    logger: false,
  } as const
  const standin = await createStandin(options)
  const list = async (from = standin) => (await from.inject('/pets')).json<typeof pets>()
  t.strictSame(await list(), pets)
  const created = await standin.inject({ method: 'POST', url: '/pets', payload: { name: 'Cleo' } })
  t.equal(created.statusCode, 201)
  await standin.inject({ method: 'DELETE', url: '/pets/2' })
  const edited = [
    { id: 1, name: 'Ada the Second' },
    { id: 2, name: 'Bob' },
    { id: 7, name: 'Dora' },
  ]
  await standin.examples.set('listPets', '200', 'default', { value: edited })
  t.strictSame(await list(), [edited[0], edited[2], { id: 3, name: 'Cleo' }])
  const one = await standin.inject('/pets/7')
  t.strictSame(one.json(), edited[2])
  t.match(one.headers['standin-example'], /^200\/default; edited; /)
  t.strictSame((await standin.state.read()).get('pets', '1'), edited[0])
  const next = await standin.inject({ method: 'POST', url: '/pets', payload: { name: 'Emil' } })
  t.match(next.json(), { id: 8 })

  const file = join(folder, 'store', 'examples.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('Ada the Second', 'Ada by hand'))
  while ((await list())[0]?.name !== 'Ada by hand') await new Promise((resolve) => setTimeout(resolve, 20))
  await standin.close()
  again = await createStandin(options)
  t.equal((await list(again))[0]?.name, 'Ada by hand', 'after a start, too')
  await again.examples.reset()
  t.equal((await list(again))[0]?.name, 'Ada')
})
