import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { folderFor } from '../folder.js'
import { openFileStore } from '../../src/store/file.js'
import { openExamples } from '../../src/store/examples.js'
import { demo, failure, journals, put, seedOf, until } from './helper.js'

const options = { seed: seedOf(demo) }

void t.test('a folder that cannot be made is refused at once', async (t) => {
  const file = `${folderFor(t, { file: 'x' })}/file`
  for (const folder of [file, `${file}/below`]) {
    const { code, message } = await failure(openFileStore(folder, options))
    t.equal(code, 'STANDIN_ERR_STORE_UNWRITABLE')
    t.match(message, folder)
  }
})

void t.test('a file in place of the folder of the sessions is said to be one', async (t) => {
  const folder = folderFor(t, { sessions: '' })
  const { code, message } = await failure(openFileStore(folder, options))
  t.equal(code, 'STANDIN_ERR_STORE_UNREADABLE')
  t.match(message, `${folder}/sessions`)
})

for (const fsync of [false, true]) {
  void t.test(
    `a change that cannot be written is not kept, and later ones are (fsync ${fsync})`,
    async (t) => {
      const folder = `${folderFor(t)}/store`
      const store = await openFileStore(folder, { ...options, fsync })
      const examples = await openExamples({
        folder,
        documented: { op: { '200': { a: { mediaType: 'text/plain', text: 'a' } } } },
      })
      await put(store, '1', { kept: true })
      // A file in place of the folder fails every write, for root too.
      rmSync(folder, { recursive: true })
      writeFileSync(folder, '')
      const failed = await Promise.all([
        failure(put(store, '2', { kept: false })),
        failure(put(store, '2', { kept: false }, 'named')),
        failure(store.reset('')),
        failure(examples.set('op', '200', 'a', { text: 'b' })),
      ])
      t.same(
        failed.map(({ code }) => code.replace('STANDIN_ERR_STORE_', '')),
        ['WRITE', 'UNREADABLE', 'WRITE', 'WRITE'],
      )
      t.equal((await failure(store.secret('new'))).code, 'STANDIN_ERR_STORE_WRITE')
      const state = await store.read('')
      t.same([state.get('accounts', '1'), state.get('accounts', '2')], [{ kept: true }, undefined])
      t.equal((await store.read('named')).get('accounts', '2'), undefined)
      t.equal(examples.get('op', '200', 'a')?.text, 'a')
      rmSync(folder)
      await Promise.all([put(store, '3', { kept: true }), put(store, '3', { kept: true }, 'named')])
      await examples.set('op', '200', 'a', { text: 'c' })
      await store.close()
      const written: typeof demo = JSON.parse(readFileSync(`${folder}/state.json`, 'utf8'))
      t.same(Object.keys(written['accounts'] ?? {}), ['1', '3', '100', '200'])
      t.equal(examples.get('op', '200', 'a')?.text, 'c')
      await examples.close()
    },
  )
}

void t.test('when the other files cannot be written it is said once, and nothing is lost', async (t) => {
  const root = folderFor(t)
  const folder = `${root}/store`
  const messages: string[] = []
  const options = { seed: seedOf(demo), onMessage: (text: string) => messages.push(text), saveEvery: 1 }
  const store = await openFileStore(folder, options)
  await put(store, '100', { pin: 'first' })
  rmSync(`${folder}/state.json.bak`)
  mkdirSync(`${folder}/state.json.bak/full`, { recursive: true })
  for (let round = 0; round < 20; round++) {
    await put(store, '200', { pin: `${round}` })
    await until(() => messages.length > 0)
  }
  await store.close()
  t.match(messages, [/could not be brought up to date .*in its journal/])
  t.equal(messages.length, 1)
  t.not(journals(folder).length, 0)
  rmSync(`${folder}/state.json.bak`, { recursive: true })
  const last = await openFileStore(folder, options)
  t.equal((await last.read('')).get('accounts', '200')?.['pin'], '19')
  await last.close()
  t.same(journals(folder), [])
})

const script = fileURLToPath(new URL('full-process.js', import.meta.url))
for (const fsync of [false, true]) {
  void t.test(
    `a line that is too long for the disk is refused whole, and later ones are not (fsync ${fsync})`,
    // A limit on the size of a file is what a shell can set without being root.
    { skip: process.platform === 'win32' },
    async (t) => {
      const folder = `${folderFor(t)}/store`
      const { stdout, signal } = spawnSync(
        'sh',
        ['-c', `ulimit -f 64; exec "$@"`, 'sh', process.execPath, script, folder, `${fsync}`],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
      )
      t.equal(signal, 'SIGKILL')
      t.same(JSON.parse(stdout), {
        codes: ['STANDIN_ERR_STORE_WRITE', 'STANDIN_ERR_STORE_WRITE'],
        shown: ['before'],
      })
      const messages: string[] = []
      const store = await openFileStore(folder, {
        seed: seedOf({}),
        onMessage: (text) => messages.push(text),
      })
      t.same([...(await store.read('')).list('accounts').keys()], ['before', 'after'])
      t.same(messages, [])
      await store.close()
    },
  )
}
