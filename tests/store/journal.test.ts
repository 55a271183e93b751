import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { LosslessNumber } from '../../src/operation/json.js'
import { openFileStore } from '../../src/store/file.js'
import type { Store } from '../../src/store/store.js'
import { crashImage, demo, journals, put, seedOf, until } from './helper.js'

/** So long that the files other than the journal are only written at the start and at the end. */
const NEVER = 1e6

interface Running {
  readonly store: Store
  readonly folder: string
  /** Opens what a crash at this moment would leave. */
  readonly crash: (
    damage?: (folder: string) => void,
  ) => Promise<{ store: Store; messages: string[]; folder: string }>
}

async function setUp(t: Test, { saveEvery = NEVER, seed = demo } = {}): Promise<Running> {
  const opened: Store[] = []
  // Before the folder is made, since the folder is removed in the same order.
  t.teardown(() => Promise.all(opened.map((store) => store.close())))
  const root = folderFor(t)
  const folder = `${root}/store`
  const store = await openFileStore(folder, { seed: seedOf(seed), saveEvery })
  opened.push(store)
  let crashes = 0
  return {
    store,
    folder,
    async crash(damage) {
      const image = crashImage(folder, `${root}/crash-${crashes++}`)
      damage?.(image)
      const messages: string[] = []
      const after = await openFileStore(image, {
        seed: seedOf(seed),
        saveEvery: NEVER,
        onMessage: (text) => messages.push(text),
      })
      opened.push(after)
      return { store: after, messages, folder: image }
    },
  }
}

const pinOf = async (store: Store, id: string, session = ''): Promise<unknown> =>
  (await store.read(session)).get('accounts', id)?.['pin']

void t.test('what is acknowledged is there after a crash, though no other file was written', async (t) => {
  const { store, folder, crash } = await setUp(t)
  await put(store, '100', { pin: new LosslessNumber('14.0'), __proto__: undefined })
  await put(store, '300', { pin: 'new' }, 'ci-1')
  await store.update('', (state) => state.delete('accounts', '200'))
  t.notOk(existsSync(`${folder}/sessions`))
  const { store: after, messages, folder: image } = await crash()
  t.equal(String(await pinOf(after, '100')), '14.0')
  t.equal(await pinOf(after, '200'), undefined)
  t.equal(await pinOf(after, '300', 'ci-1'), 'new')
  t.same(await after.sessions(), ['ci-1'])
  await after.close()
  t.same([messages, journals(image)], [[], []])
  t.match(JSON.parse(readFileSync(`${image}/state.json`, 'utf8')), { accounts: { '100': { pin: 14 } } })
})

void t.test('a reset is there after a crash, and so is what followed it', async (t) => {
  const { store, crash } = await setUp(t)
  for (const session of ['', 'a', 'b']) {
    await put(store, '100', { pin: 'before' }, session)
    await put(store, '300', { pin: 'before' }, session)
    await store.reset(session)
  }
  await put(store, '200', { pin: 'after' })
  await put(store, '200', { pin: 'after' }, 'a')
  const { store: after } = await crash()
  for (const session of ['', 'a']) {
    t.same([...(await after.read(session)).list('accounts').keys()], ['100', '200'])
    t.same([await pinOf(after, '100', session), await pinOf(after, '200', session)], ['1111', 'after'])
  }
  t.same(await after.sessions(), ['a'])
})

const cut = (bytes: number) => (image: string) => {
  const [name = ''] = journals(image)
  const text = readFileSync(`${image}/${name}`)
  writeFileSync(`${image}/${name}`, text.subarray(0, text.length - bytes))
}

void t.test('a line that was torn by the crash is left out, and nobody is bothered', async (t) => {
  const { store, crash } = await setUp(t)
  await put(store, '100', { pin: 'first' })
  await put(store, '100', { pin: 'second' })
  for (const [bytes, pin] of [
    [1, 'second'],
    [2, 'first'],
    [40, 'first'],
  ] as const) {
    const { store: after, messages, folder } = await crash(cut(bytes))
    t.equal(await pinOf(after, '100'), pin)
    await put(after, '200', { pin: 'third' })
    await after.close()
    t.same([messages, journals(folder)], [[], []])
  }
})

const foreign = [
  { name: 'not JSON', line: 'no journal at all', says: /not JSON/ },
  {
    name: 'of another form',
    line: '{"changes":{"accounts":{"100":5}}}',
    says: /not the changes of a session/,
  },
  { name: 'with members that are not known', line: '{"changes":{},"expires":1}', says: /not the changes/ },
  { name: 'cut off in the middle', line: '{"changes":{"acc', says: /not JSON/ },
  { name: 'zeros', line: '\0\0\0\0', says: /not JSON/ },
]
for (const { name, line, says } of foreign) {
  void t.test(`a line that is ${name} is set aside, and all others stand`, async (t) => {
    const { store, crash } = await setUp(t)
    await put(store, '100', { pin: 'first' })
    await put(store, '200', { pin: 'second' })
    const {
      store: after,
      messages,
      folder,
    } = await crash((image) => {
      const path = `${image}/${journals(image)[0]}`
      const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n')
      writeFileSync(path, `${first}\n${line}\n${second}\n`)
    })
    t.same([await pinOf(after, '100'), await pinOf(after, '200')], ['first', 'second'])
    t.match(messages, [says])
    const aside = readdirSync(folder).find((file) => file.includes('.broken-')) ?? ''
    t.match(messages[0], aside)
    t.match(messages[0], /journal:2: /)
    t.equal(readFileSync(`${folder}/${aside}`, 'utf8'), `${line}\n`)
  })
}

void t.test('a journal that is something else altogether is set aside', async (t) => {
  const { crash } = await setUp(t)
  const { messages, store, folder } = await crash((image) => {
    writeFileSync(`${image}/state.7.journal`, 'Dear diary')
    mkdirSync(`${image}/state.8.journal`)
  })
  t.match(messages, [/state\.7\.journal:1: not JSON/])
  await put(store, '100', { pin: 'kept' })
  await until(() => !journals(folder).includes('state.7.journal'))
  t.same(journals(folder).toSorted(), ['state.8.journal', 'state.9.journal'])
})

void t.test('the last good copy and the journal together are as good as the file', async (t) => {
  const { store, folder, crash } = await setUp(t, { saveEvery: 20 })
  await put(store, '100', { pin: 'saved' })
  await until(
    () => readFileSync(`${folder}/state.json`, 'utf8').includes('saved') && journals(folder).length === 0,
  )
  await put(store, '200', { pin: 'not saved yet' })
  const { store: after, messages } = await crash((image) => writeFileSync(`${image}/state.json`, '{'))
  t.same([await pinOf(after, '100'), await pinOf(after, '200')], ['saved', 'not saved yet'])
  t.match(messages, [/last good copy/])
})

void t.test('lines that the file holds already do no harm', async (t) => {
  const { store, folder, crash } = await setUp(t)
  await put(store, '100', { pin: 'first' })
  await store.update('', (state) => state.delete('accounts', '200'))
  await store.reset('')
  await put(store, '100', { pin: 'second' })
  await put(store, '300', { pin: 'new' }, 'a')
  const [name = ''] = journals(folder)
  const lines = readFileSync(`${folder}/${name}`)
  await store.close()
  const expected = readFileSync(`${folder}/state.json`, 'utf8')
  const { store: after, folder: image } = await crash((image) => writeFileSync(`${image}/${name}`, lines))
  await after.close()
  t.equal(readFileSync(`${image}/state.json`, 'utf8'), expected)
  t.equal(readFileSync(`${image}/sessions/a.json`, 'utf8'), readFileSync(`${folder}/sessions/a.json`, 'utf8'))
})

void t.test('removing the file while it is stopped means to start over, and this is said', async (t) => {
  const { store, crash } = await setUp(t)
  await put(store, '100', { pin: 'changed' })
  await put(store, '100', { pin: 'changed' }, 'a')
  const { store: after, messages } = await crash((image) => rmSync(`${image}/state.json`))
  t.same([await pinOf(after, '100'), await pinOf(after, '100', 'a')], ['1111', 'changed'])
  t.match(messages, [/state\.json was removed/])
})

void t.test('a change that is not in the file yet outlives an edit of the file', async (t) => {
  const { store, folder } = await setUp(t)
  await put(store, '100', { pin: 'ours' })
  await put(store, '300', { pin: 'ours' })
  writeFileSync(`${folder}/state.json`, '{"accounts":{"100":{"pin":"theirs"},"400":{"pin":"theirs"}}}')
  await store.close()
  t.same(JSON.parse(readFileSync(`${folder}/state.json`, 'utf8')), {
    accounts: { '100': { pin: 'ours' }, '300': { pin: 'ours' }, '400': { pin: 'theirs' } },
  })
})

void t.test('a journal that is removed while it runs costs nothing', async (t) => {
  const { store, folder, crash } = await setUp(t)
  await put(store, '100', { pin: 'first' })
  await put(store, '100', { pin: 'first' }, 'a')
  for (const name of journals(folder)) rmSync(`${folder}/${name}`)
  await put(store, '200', { pin: 'second' })
  const { store: after } = await crash()
  t.same(
    [await pinOf(after, '100'), await pinOf(after, '200'), await pinOf(after, '100', 'a')],
    ['first', 'second', 'first'],
  )
})

void t.test('a change of a large state writes what was changed, not the state', async (t) => {
  const accounts = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`n${index}`, { pin: '0000', name: 'x'.repeat(50) }]),
  )
  const { store, folder } = await setUp(t, { seed: { accounts } })
  await put(store, 'n0', { pin: 'first' })
  const before = statSync(`${folder}/state.json`)
  await Promise.all(Array.from({ length: 50 }, (_, index) => put(store, `n${index}`, { pin: '1111' })))
  for (let index = 50; index < 100; index++) await put(store, `n${index}`, { pin: '1111' })
  const { ino, mtimeMs, size } = statSync(`${folder}/state.json`)
  t.same([ino, mtimeMs, size], [before.ino, before.mtimeMs, before.size])
  const [name = '', ...others] = journals(folder)
  t.same(others, [])
  const text = readFileSync(`${folder}/${name}`, 'utf8')
  // One line for the first, one for the fifty that were made at once, and one each for the others.
  t.equal(text.split('\n').length - 1, 52)
  t.ok(text.length < 100 * 60, `${text.length} bytes for a hundred changes`)
})

void t.test('many sessions share one file, and none is left open once they are saved', async (t) => {
  const { store, folder } = await setUp(t)
  const names = Array.from({ length: 200 }, (_, index) => `s${index}`)
  await Promise.all(names.map((name) => put(store, '100', { pin: name }, name)))
  t.equal(journals(folder).length, 1)
  await store.close()
  t.same(journals(folder), [])
  t.equal(readdirSync(`${folder}/sessions`).length, 200)
})

void t.test('a session that was reset can be used again at once', async (t) => {
  const { store, folder } = await setUp(t, { saveEvery: 1 })
  for (let round = 0; round < 50; round++) {
    await put(store, '100', { pin: `${round}` }, 'a')
    await store.reset('a')
    t.equal(await pinOf(store, '100', 'a'), '1111')
    t.same(await store.sessions(), [])
  }
  await until(() => journals(folder).length === 0)
  t.same(readdirSync(`${folder}/sessions`), [])
})
