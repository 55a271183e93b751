import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { parseExact } from '../../src/operation/json.js'
import type { ExamplesFile } from '../../src/operation/examples-file.js'
import { type Examples, openExamples } from '../../src/store/examples.js'
import { failure, parseObject, until } from './helper.js'

const json = 'application/json'
const docs = (pin: string): ExamplesFile => ({
  resetPin: {
    '200': {
      success: { mediaType: json, source: 'docs/reset.md:3', text: `{"pin":"${pin}", "amount": 14.0}` },
      other: { mediaType: json, value: parseExact('{"id":12345678901234567890}') },
    },
    '401': { denied: { mediaType: 'text/plain', text: 'no\n' } },
  },
  login: { '200': { success: { mediaType: 'application/problem+json', value: null } } },
})

const as = (text: string, mediaType: string): object => ({ text, mediaType, edited: false })

interface Folder {
  readonly file: string
  readonly messages: string[]
  readonly open: (documented?: ExamplesFile) => Promise<Examples>
  /** Replaces text in the file, as an editor would. */
  readonly edit: (from: string | RegExp, to: string) => void
}

function setUp(t: Test, memory = false): Folder {
  let examples: Examples | undefined
  t.teardown(() => examples?.close())
  const folder = folderFor(t)
  const file = `${folder}/examples.json`
  const messages: string[] = []
  return {
    file,
    messages,
    async open(documented = docs('1111')) {
      await examples?.close()
      examples = await openExamples({
        folder: memory ? 'memory' : folder,
        documented,
        onMessage: (text) => messages.push(text),
      })
      return examples
    },
    edit(from, to) {
      const text = readFileSync(file, 'utf8')
      const edited = text.replace(from, to)
      t.not(edited, text, 'there was something to edit')
      writeFileSync(file, edited)
    },
  }
}

const success = (examples: Examples): string | undefined => examples.get('resetPin', '200', 'success')?.text

for (const memory of [true, false]) {
  void t.test(`documented examples are replayed as they are written (memory ${memory})`, async (t) => {
    const { open } = setUp(t, memory)
    const examples = await open()
    t.match(examples.get('resetPin', '200', 'success'), as('{"pin":"1111", "amount": 14.0}', json))
    t.match(examples.get('resetPin', '200', 'other'), as('{"id":12345678901234567890}', json))
    t.match(examples.get('resetPin', '401', 'denied'), as('no\n', 'text/plain'))
    t.match(examples.get('login', '200', 'success'), as('null', 'application/problem+json'))
    t.equal(examples.get('login', '200', 'none'), undefined)
    t.equal(examples.get('none', '200', 'success'), undefined)
  })

  void t.test(`a program sets an example and resets it (memory ${memory})`, async (t) => {
    const { open } = setUp(t, memory)
    const examples = await open()
    const changes: string[][] = []
    const stop = examples.onChange((operationIds) => changes.push([...operationIds]))
    await examples.set('resetPin', '200', 'success', { value: parseExact('{"n":1.50}') })
    await examples.set('resetPin', '200', 'mine', { text: 'x', mediaType: 'text/plain' })
    await examples.set('login', '200', 'success', { text: ' null ' })
    t.match(examples.get('resetPin', '200', 'success'), { text: '{"n":1.50}', mediaType: json, edited: true })
    t.match(examples.get('resetPin', '200', 'mine'), { text: 'x', mediaType: 'text/plain', edited: true })
    t.match(examples.get('login', '200', 'success'), { edited: false }, 'it says the same as the docs')
    if (!memory) t.match((await open()).get('resetPin', '200', 'mine'), { text: 'x' })
    const open2 = memory ? examples : await open()
    await open2.reset('login')
    t.equal(success(open2), '{"n":1.50}')
    await open2.reset()
    t.equal(success(open2), '{"pin":"1111", "amount": 14.0}')
    t.equal(open2.get('resetPin', '200', 'mine'), undefined)
    t.same(changes.slice(0, 2), [['resetPin'], ['resetPin']])
    stop()
    t.match(await failure(open2.set('resetPn', '200', 'x', {})), {
      code: 'STANDIN_ERR_EXAMPLE_UNKNOWN',
      message: /"resetPin"/,
    })
  })
}

void t.test('the file is easy to read and to edit', async (t) => {
  const { open, file } = setUp(t)
  await (await open()).close()
  const text = readFileSync(file, 'utf8')
  t.match(text, '        "value": {\n          "pin": "1111",\n          "amount": 14.0\n        }')
  t.match(text, '"text": "no\\n"')
  t.match(text, '"source": "docs/reset.md:3"')
  t.same(Object.keys(parseObject(text)), ['resetPin', 'login'])
})

void t.test('a start without changes leaves the file alone', async (t) => {
  const { open, file, messages } = setUp(t)
  await (await open()).close()
  const before = statSync(file)
  await (await open()).close()
  t.equal(statSync(file).mtimeMs, before.mtimeMs)
  t.equal(statSync(file).ino, before.ino)
  t.same(messages, [])
})

void t.test('an edit takes effect at the next start and outlives it', async (t) => {
  const { open, edit } = setUp(t)
  await (await open()).close()
  edit('"pin": "1111"', '"pin": "by hand"')
  for (let start = 0; start < 2; start++) {
    t.match((await open()).get('resetPin', '200', 'success'), {
      text: '{"pin":"by hand","amount":14.0}',
      edited: true,
    })
  }
})

void t.test('an edit takes effect while it runs, and listeners are told which operation', async (t) => {
  const { open, edit, file } = setUp(t)
  const examples = await open()
  await until(() => readdirSync(t.testdirName).includes('.examples-seeded.json'))
  const changes: string[][] = []
  examples.onChange((operationIds) => changes.push([...operationIds]))
  edit('"pin": "1111"', '"pin": "by hand"')
  await until(() => success(examples) === '{"pin":"by hand","amount":14.0}')
  t.same(changes, [['resetPin']])
  edit('no\\n', 'by hand')
  await examples.set('login', '200', 'success', { value: 1 })
  t.equal(examples.get('resetPin', '401', 'denied')?.text, 'by hand', 'our write took it over')
  t.match(readFileSync(file, 'utf8'), /by hand[^]*by hand[^]*"value": 1/)
})

void t.test('changed docs reach what nobody edited, and leave the rest', async (t) => {
  const { open, edit, file } = setUp(t)
  await (await open()).close()
  edit('12345678901234567890', '7')
  const changed = docs('2222')
  delete changed['login']
  const examples = await open(changed)
  t.match(examples.get('resetPin', '200', 'success'), {
    text: '{"pin":"2222", "amount": 14.0}',
    edited: false,
  })
  t.match(examples.get('resetPin', '200', 'other'), { text: '{"id":7}', edited: true })
  await examples.close()
  t.same(Object.keys(parseObject(readFileSync(file, 'utf8'))), ['resetPin'])
  t.match((await open(changed)).get('resetPin', '200', 'other'), { text: '{"id":7}', edited: true })
})

void t.test('without the note of what was seeded, what differs from the docs stays', async (t) => {
  const { open } = setUp(t)
  await (await open()).close()
  rmSync(`${t.testdirName}/.examples-seeded.json`)
  t.match((await open(docs('2222'))).get('resetPin', '200', 'success'), { text: /1111/, edited: true })
})

void t.test('an entry that was removed by hand comes back as documented', async (t) => {
  const { open, file } = setUp(t)
  await (await open()).close()
  writeFileSync(file, '{}')
  const examples = await open()
  t.match(examples.get('resetPin', '401', 'denied'), { text: 'no\n', edited: false })
  await examples.close()
  t.match(readFileSync(file, 'utf8'), /"denied"/)
})

void t.test('a broken edit is set aside and said, and the last good examples are used', async (t) => {
  const { open, file, edit, messages } = setUp(t)
  await (await open()).close()
  edit('"pin": "1111"', '"pin": "by hand"')
  await (await open()).close()
  edit('{', '{{')
  t.match((await open()).get('resetPin', '200', 'success'), { text: /by hand/ })
  t.match(messages, [/examples\.json: not JSON .* set aside .* last good copy/])
  await until(() => readFileSync(file, 'utf8').startsWith('{\n'))
  edit('"mediaType"', '"media"')
  await until(() => messages.length === 2)
  t.match(messages[1], /"\/resetPin\/200\/success\/mediaType"/)
  await until(() => readFileSync(file, 'utf8').includes('by hand'))
})

void t.test('an entry of an unknown operation is said, and stays', async (t) => {
  const { open, file, edit, messages } = setUp(t)
  await (await open()).close()
  edit('"login"', '"logn"')
  const examples = await open()
  t.match(messages, [/"logn".*"login"/])
  t.equal(examples.get('login', '200', 'success')?.text, 'null')
  await examples.close()
  t.match(readFileSync(file, 'utf8'), /"logn"/)
})

/** Six hundred operations that count how often one is read. */
function largeDocs(): { readonly documented: ExamplesFile; readonly asked: () => number } {
  const read = new Set<number>()
  const documented: ExamplesFile = {}
  for (let n = 1; n <= 600; n++) {
    const get = () => {
      read.add(n)
      return { '200': { default: { mediaType: json, text: `{"n":${n}}` } } }
    }
    Object.defineProperty(documented, `op${n}`, { get, enumerable: true })
  }
  return { documented, asked: () => read.size }
}

void t.test('of a large description the file is brought up to date when it is settled', async (t) => {
  const folder = folderFor(t)
  const { documented, asked } = largeDocs()
  const examples = await openExamples({ folder, documented })
  t.equal(examples.get('op7', '200', 'default')?.text, '{"n":7}')
  t.ok(asked() < 10, 'what nobody asks for is not read')
  t.notOk(existsSync(join(folder, 'examples.json')))
  await examples.settle()
  t.match(readFileSync(join(folder, 'examples.json'), 'utf8'), /"op600"/)
  await examples.set('op7', '200', 'default', { text: '{"n":70}' })
  await examples.close()

  const later = largeDocs()
  const again = await openExamples({ folder, documented: later.documented })
  t.equal(again.get('op7', '200', 'default')?.text, '{"n":70}', 'an edit is known all the same')
  t.ok(later.asked() < 10)
  await again.settle()
  await again.close()
})
