import { readFileSync } from 'node:fs'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { examplesOf } from '../../../src/operation/examples-file.js'
import { stringifyExact } from '../../../src/operation/json.js'
import { standinFor } from '../../serve/helper.js'
import { described } from './helper.js'
import { petstore } from './shop.js'

void t.test('the module of the guide goes before what is recognised', async (t) => {
  const [, module = ''] = /```ts\n(.*?)```/s.exec(readFileSync('docs/guides/state.md', 'utf8')) ?? []
  const { operations, documents } = described(petstore.replaceAll('"dog"', '"house"'))
  const cwd = folderFor(t, {
    'behaviour.ts': module,
    'examples.json': stringifyExact(examplesOf(operations)),
    'index.ts': `
      import { defineApi, readExamples } from 'standin/describe'
      import { behaviours } from './behaviour.js'
      export default defineApi({
        title: 'Shop',
        operations: ${JSON.stringify(operations)} as never[],
        documents: ${JSON.stringify(documents)},
        examples: readExamples(new URL('./examples.json', import.meta.url)),
        behaviours,
      })`,
  })
  const standin = await standinFor(t, { sources: ['index.ts'], cwd })
  t.equal(
    standin.resources[0]?.operations.some(({ operationId }) => operationId === 'deletePet'),
    false,
  )
  const status = async (method: 'DELETE' | 'GET', id: number) =>
    (await standin.inject({ method, url: `/api/v1/pets/${id}` })).statusCode
  t.equal(await status('DELETE', 7), 404, 'the pet of the docs stays')
  t.equal(await status('GET', 7), 200)
  t.equal(await status('DELETE', 8), 204)
  t.equal(await status('GET', 8), 404, 'what the module deletes is gone for all')
})

void t.test('the library sees the items of the docs, and what it changes is served', async (t) => {
  const cwd = folderFor(t, { 'api.json': petstore })
  const { state, inject } = await standinFor(t, { sources: ['api.json'], cwd }).then((standin) => ({
    state: standin.state,
    inject: (url: string) => standin.inject(url),
  }))
  const before = await state.read()
  t.strictSame([...before.list('pets').keys()], ['7', '8'])
  t.strictSame(before.get('pets', '7'), { id: 7, name: 'Rex', tag: 'dog', age: 4 })
  t.ok(Object.isFrozen(before.get('pets', '7')))
  await state.update((writer) => {
    writer.put('pets', '3', { id: 3, name: 'Put' })
    writer.delete('pets', '7')
    writer.put('other', 'x', { own: true })
  })
  t.strictSame(
    (await inject('/api/v1/pets')).json<{ id: number }[]>().map(({ id }) => id),
    [8, 3],
  )
  t.strictSame((await state.read()).get('other', 'x'), { own: true })
  await state.update((writer) => writer.put('pets', '7', { id: 7, name: 'Back' }))
  t.match((await inject('/api/v1/pets/7')).json(), { name: 'Back' })
})

void t.test(
  'state outlives the process, edited examples show, and what is recognised changes with the docs',
  async (t) => {
    const cwd = folderFor(t, { 'api.json': petstore })
    const options = { sources: ['api.json'], cwd, store: `${cwd}/store` }
    const first = await standinFor(t, options)
    await first.inject({ method: 'POST', url: '/api/v1/pets', payload: { name: 'Zoe' } })
    await first.inject({ method: 'DELETE', url: '/api/v1/pets/8' })
    await first.close()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`${cwd}/api.json`, petstore.replaceAll('"Rex"', '"Rey"'))
    const second = await standinFor(t, options)
    const list = async () =>
      (await second.inject('/api/v1/pets')).json<{ name: string }[]>().map(({ name }) => name)
    t.strictSame(await list(), ['Rey', 'Zoe'])
    t.strictSame(Object.keys(JSON.parse(readFileSync(`${cwd}/store/state.json`, 'utf8')) as object), [
      'pets',
      '$deleted',
    ])
    writeFileSync(
      `${cwd}/api.json`,
      petstore.replaceAll('"Rex"', '"Max"').replaceAll('operationId":"addPet"', 'operationId":"newPet"'),
    )
    await second.reload()
    t.strictSame(await list(), ['Max', 'Zoe'])
    t.ok(second.resources[0]?.operations.some(({ operationId }) => operationId === 'newPet'))
    // Before the folder goes.
    await second.close()
  },
)
