import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { folderFor } from './folder.js'
import { createStandin } from '../src/standin.js'
import { standinFor } from './serve/helper.js'

/** A module whose one operation answers with a text of its behaviour. */
const moduleThat = (says: string, operationId = 'ping', more = ''): string => `
import { defineApi, describePage, operation } from 'standin/describe'
const { source } = describePage('docs/ping.md')
export default defineApi({
  title: 'Ping',
  operations: [operation({
    operationId: 'ping', method: 'GET', path: '/ping', parameters: [],
    responses: [{ status: '200', headers: [], content: [], source: source(3) }], source: source(1),
  })],
  behaviours: () => ({ ${operationId}: () => ({ status: '200', body: ${JSON.stringify(says)}, reason: 'asked' }) }),
  ${more}
})
`

void t.test('sources that are read again bring their behaviours, and the state stays', async (t) => {
  const cwd = folderFor(t, { 'index.mjs': moduleThat('one') })
  const standin = await createStandin({ sources: ['index.mjs'], cwd, logger: false })
  t.teardown(() => standin.close())
  const said = async () => (await standin.inject('/ping')).json<unknown>()
  t.equal(await said(), 'one')
  await standin.state.update((state) => state.put('things', '1', { a: 1 }))

  writeFileSync(join(cwd, 'index.mjs'), moduleThat('two'))
  await standin.reload()
  t.equal(await said(), 'two')
  t.strictSame((await standin.state.read()).get('things', '1'), { a: 1 })

  writeFileSync(join(cwd, 'index.mjs'), moduleThat('three', 'pong'))
  await t.rejects(standin.reload(), { code: 'STANDIN_ERR_MODULE' })
  t.equal(await said(), 'two', 'what was served before is served on')
  await standin.examples.reset()

  writeFileSync(join(cwd, 'index.mjs'), 'export default 1')
  await t.rejects(standin.reload(), { code: 'STANDIN_ERR_MODULE' })
  t.equal(await said(), 'two')
})

void t.test('examples are looked after on when a module cannot be served', async (t) => {
  const cwd = folderFor(t, { 'index.mjs': moduleThat('one') })
  const standin = await createStandin({
    sources: ['index.mjs'],
    cwd,
    store: join(cwd, 'store'),
    logger: false,
  })
  t.teardown(() => standin.close())
  await standin.examples.set('ping', '200', 'mine', { text: '"set"' })

  const throwing = "issueToken: () => { throw new Error('no tokens') },"
  writeFileSync(join(cwd, 'index.mjs'), moduleThat('two', 'ping', throwing))
  await t.rejects(standin.reload(), /no tokens/)
  const file = join(cwd, 'store', 'examples.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('set', 'edited'))
  const edited = () => standin.examples.get('ping', '200', 'mine')?.text === '"edited"'
  while (!edited()) await new Promise((resolve) => setTimeout(resolve, 20))
  t.ok(edited())
})

/** A module that is not loaded before the test lets it, and how the test does so. */
function gated(t: Test, says: string): { text: string; asked: Promise<void>; open: () => void } {
  const name = `${t.fullname} ${says}`
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const asked = new Promise<void>((resolve) => {
    Reflect.set(globalThis, name, () => (resolve(), opened))
  })
  t.teardown(() => Reflect.deleteProperty(globalThis, name))
  return { text: `await globalThis[${JSON.stringify(name)}]()\n${moduleThat(says)}`, asked, open }
}

void t.test('of two reloads at once the later is served, however long the earlier takes', async (t) => {
  const cwd = folderFor(t, { 'index.mjs': moduleThat('one') })
  const standin = await standinFor(t, { sources: ['index.mjs'], cwd })
  const slow = gated(t, 'two')
  writeFileSync(join(cwd, 'index.mjs'), slow.text)
  const first = standin.reload()
  await slow.asked
  writeFileSync(join(cwd, 'index.mjs'), moduleThat('three'))
  const second = standin.reload()
  await Promise.race([second, delay(200)])
  slow.open()
  await Promise.all([first, second])
  t.equal((await standin.inject('/ping')).json<unknown>(), 'three')
})

void t.test('closing waits for a reload, and none begins after it', async (t) => {
  const cwd = folderFor(t, { 'index.mjs': moduleThat('one') })
  const standin = await standinFor(t, { sources: ['index.mjs'], cwd, store: join(cwd, 'store') })
  const slow = gated(t, 'two')
  writeFileSync(join(cwd, 'index.mjs'), slow.text)
  const done: string[] = []
  const reloads = [standin.reload().then(() => done.push('reload'))]
  await slow.asked
  const never = gated(t, 'never')
  writeFileSync(join(cwd, 'index.mjs'), never.text)
  void never.asked.then(() => done.push('never'))
  reloads.push(standin.reload().then(() => done.push('skipped')))
  const closed = standin.close().then(() => done.push('close'))
  await Promise.race([closed, delay(200)])
  slow.open()
  never.open()
  await Promise.all([...reloads, closed])
  await standin.reload()
  t.strictSame(done, ['reload', 'skipped', 'close'])
})
