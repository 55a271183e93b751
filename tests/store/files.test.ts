import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { openFileStore } from '../../src/store/file.js'
import type { Store } from '../../src/store/store.js'
import { demo, put, seedOf, until } from './helper.js'

interface Folder {
  readonly folder: string
  readonly file: string
  readonly messages: string[]
  readonly open: () => Promise<Store>
  readonly aside: () => string[]
}

function setUp(t: Test): Folder {
  let store: Store | undefined
  t.teardown(() => store?.close())
  const folder = `${folderFor(t)}/store`
  const messages: string[] = []
  return {
    folder,
    file: `${folder}/state.json`,
    messages,
    async open() {
      await store?.close()
      return (store = await openFileStore(folder, {
        seed: seedOf(demo),
        onMessage: (text) => messages.push(text),
        saveEvery: 20,
      }))
    },
    aside: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.broken-')),
  }
}

const pinOf = async (store: Store, id: string, session = ''): Promise<unknown> =>
  (await store.read(session)).get('accounts', id)?.['pin']

void t.test('the file is there from the first start, for its owner only, and easy to read', async (t) => {
  const { open, file, folder } = setUp(t)
  const store = await open()
  await store.secret('jwe')
  await store.close()
  t.equal(readFileSync(file, 'utf8'), `${JSON.stringify(demo, undefined, 2)}\n`)
  if (process.platform !== 'win32') {
    t.equal(statSync(folder).mode & 0o777, 0o700)
    for (const name of ['keys.json', 'keys.json.bak', 'state.json']) {
      t.equal(statSync(`${folder}/${name}`).mode & 0o777, 0o600, name)
    }
  }
})

/** Waits until the file, which follows later, says something. */
const followed = (file: string, says: RegExp): Promise<void> =>
  until(() => existsSync(file) && says.test(readFileSync(file, 'utf8')))

const broken = [
  { name: 'truncated', text: '{ "accounts": { "100": { "pin": "9', says: /not JSON/ },
  { name: 'empty', text: '', says: /empty/ },
  { name: 'foreign', text: '[1, 2]', says: /not documents by id, by collection/ },
  { name: 'of the wrong form', text: '{"accounts":{"100":5.0}}', says: /at "\/accounts\/100"/ },
  { name: 'binary', text: '\u0000\u0001', says: /not JSON/ },
]

for (const { name, text, says } of broken) {
  void t.test(`${name}: set aside, and the last good copy is used`, async (t) => {
    const { open, file, folder, messages, aside } = setUp(t)
    const first = await open()
    await put(first, '100', { pin: '3333' })
    await first.close()
    writeFileSync(file, text)
    const store = await open()
    t.equal(await pinOf(store, '100'), '3333')
    t.match(messages, [says])
    t.match(messages[0], `${file}: `)
    const [kept = ''] = aside()
    t.match(messages[0], kept)
    t.equal(readFileSync(`${folder}/${kept}`, 'utf8'), text)
    await store.close()
    t.equal(await pinOf(await open(), '100'), '3333')
    t.equal(messages.length, 1)
  })

  void t.test(`${name}: set aside, and without a good copy the seed is used`, async (t) => {
    const { open, file, folder, messages, aside } = setUp(t)
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
    writeFileSync(`${file}.bak`, text)
    const store = await open()
    t.equal(await pinOf(store, '100'), '1111')
    t.match(messages, [/no good copy/])
    t.equal(aside().length, 1)
  })

  void t.test(`${name} by hand while it runs: set aside, and nothing is lost`, async (t) => {
    const { open, file, messages, aside } = setUp(t)
    const store = await open()
    await put(store, '100', { pin: '3333' })
    writeFileSync(file, text)
    await put(store, '200', { pin: '4444' })
    await until(() => messages.length > 0)
    t.match(messages, [says])
    t.equal(aside().length, 1)
    t.equal(await pinOf(store, '100'), '3333')
    await store.close()
    const again = await open()
    t.same([await pinOf(again, '100'), await pinOf(again, '200')], ['3333', '4444'])
  })
}

void t.test('a folder in place of the file is set aside too', async (t) => {
  const { open, file, aside } = setUp(t)
  mkdirSync(`${file}/inside`, { recursive: true })
  const store = await open()
  await put(store, '100', { pin: '3333' })
  t.ok(aside().some((name) => name.endsWith('inside')))
})

void t.test('an edit by hand takes effect at the next start, digits kept', async (t) => {
  const { open, file } = setUp(t)
  await (await open()).close()
  writeFileSync(file, '{"accounts":{"100":{"pin":"5555","limit":14.0}}}')
  const store = await open()
  t.equal(await pinOf(store, '100'), '5555')
  t.equal(await pinOf(store, '200'), undefined)
  await put(store, '300', {})
  await followed(file, /"limit": 14\.0[^]*"300"/)
})

void t.test('an edit by hand while it runs meets our own changes document by document', async (t) => {
  const { open, file, messages } = setUp(t)
  const store = await open()
  await put(store, '300', { pin: 'ours' })
  await followed(file, /"300"/)
  const edited = {
    accounts: { '100': { pin: 'theirs' }, '200': { pin: 'theirs' }, '400': { pin: 'theirs' } },
  }
  writeFileSync(file, JSON.stringify(edited))
  await put(store, '200', { pin: 'ours' })
  await followed(file, /"400"[^]*ours|ours[^]*"400"/)
  const all = Object.fromEntries((await store.read('')).list('accounts'))
  t.same(all, { '100': { pin: 'theirs' }, '200': { pin: 'ours' }, '400': { pin: 'theirs' } })
  t.same(JSON.parse(readFileSync(file, 'utf8')), { accounts: all })
  t.same(messages, [])
})

void t.test('an edit by hand is noticed without any write', async (t) => {
  const { open, file } = setUp(t)
  const store = await open()
  await put(store, '100', { pin: '3333' })
  await followed(file, /3333/)
  writeFileSync(file, '{"accounts":{"100":{"pin":"by hand"}}}')
  await until(async () => (await pinOf(store, '100')) === 'by hand')
  t.equal(await pinOf(store, '200'), undefined)
})

void t.test('an editor that saves in two steps is given the time', async (t) => {
  const { open, file, aside, messages } = setUp(t)
  const store = await open()
  await put(store, '100', { pin: '3333' })
  await followed(file, /3333/)
  await put(store, '200', { pin: 'ours' })
  truncateSync(file)
  // Less than the time that a broken file is given, by the same clock.
  setTimeout(() => writeFileSync(file, '{"accounts":{"100":{"pin":"by hand"}}}'), 50)
  await until(async () => (await pinOf(store, '100')) === 'by hand')
  t.same([await pinOf(store, '100'), await pinOf(store, '200')], ['by hand', 'ours'])
  t.same([aside(), messages], [[], []])
})

void t.test('a file that is removed while it runs comes back', async (t) => {
  const { open, file, folder } = setUp(t)
  const store = await open()
  await put(store, '100', { pin: '3333' })
  rmSync(file)
  await until(() => existsSync(file))
  rmSync(folder, { recursive: true })
  await put(store, '200', { pin: '4444' })
  await followed(file, /4444/)
  t.match(JSON.parse(readFileSync(file, 'utf8')), {
    accounts: { '100': { pin: '3333' }, '200': { pin: '4444' } },
  })
})

void t.test('a named session keeps what it changed, and only that', async (t) => {
  const { open, folder } = setUp(t)
  const store = await open()
  await put(store, '100', { pin: '3333' }, 'ci-1')
  await store.update('ci-1', (state) => state.delete('accounts', '200'))
  const file = `${folder}/sessions/ci-1.json`
  await followed(file, /null/)
  t.same(JSON.parse(readFileSync(file, 'utf8')), {
    session: 'ci-1',
    changes: { accounts: { '100': { pin: '3333' }, '200': null } },
  })
  const again = await open()
  t.same(await again.sessions(), ['ci-1'])
  t.same([await pinOf(again, '100', 'ci-1'), await pinOf(again, '200', 'ci-1')], ['3333', undefined])
  writeFileSync(file, '{"session":"ci-1","changes":{"accounts":{"100":{"pin":"by hand"}}}}')
  await put(again, '300', { pin: 'ours' }, 'ci-1')
  await followed(file, /ours/)
  t.same(
    [await pinOf(again, '100', 'ci-1'), await pinOf(again, '200', 'ci-1'), await pinOf(again, '300', 'ci-1')],
    ['by hand', '2222', 'ours'],
  )
  await again.reset('ci-1')
  t.same(await again.sessions(), [])
  await until(() => readdirSync(`${folder}/sessions`).length === 0)
})

void t.test('a broken session file is set aside and costs that session only', async (t) => {
  const { open, folder, messages, aside } = setUp(t)
  const store = await open()
  await put(store, '100', { pin: '3333' }, 'a')
  await put(store, '100', { pin: '4444' }, 'b')
  await store.close()
  writeFileSync(`${folder}/sessions/a.json`, readFileSync(`${folder}/sessions/b.json`))
  const again = await open()
  t.same([await pinOf(again, '100', 'a'), await pinOf(again, '100', 'b')], ['1111', '4444'])
  t.match(messages, [/not of session a/])
  t.equal(aside().length, 1)
})

void t.test('secrets outlive a broken keys file', async (t) => {
  const { open, folder, messages } = setUp(t)
  const first = await (await open()).secret('jwe')
  const second = await (await open()).secret('jwe')
  writeFileSync(`${folder}/keys.json`, '{"jwe":"short"}')
  const third = await (await open()).secret('jwe')
  t.same([first, first], [second, third])
  t.match(messages, [/keys by name/])
})
