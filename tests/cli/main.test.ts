import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const main = path('../../src/cli/main.js')
const slowServer = path('./slow-server.js')

/** A program in a process of its own, which does not outlive the test. */
const start = (t: Test, script: string, argv: string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [script, ...argv], { env: { ...process.env, ...env } })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk))
  const ended = once(child, 'close')
  t.teardown(() => child.kill('SIGKILL'))
  /** Resolves when stdout has shown the word. */
  const shown = async (word: string) => {
    while (!text.out.includes(word)) {
      const over = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)])
      if (over && !text.out.includes(word)) throw new Error(`It ended: ${text.out}${text.err}`)
    }
  }
  return { child, text, shown, ended }
}

void t.test('the built program', async (t) => {
  const cases: [string[], Record<string, string>, number, RegExp, RegExp][] = [
    [['--version'], {}, 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    [['--help'], {}, 0, /^Standin stands in .+Usage: standin /s, /^$/],
    [['--prot', '1'], {}, 2, /^$/, /^standin: There is no option --prot\. Did you mean --port\?[^\n]+\n$/],
    [['serv'], {}, 2, /^$/, /^standin: There is no command "serv"[^\n]+\n$/],
    [['--prot'], { STANDIN_DEBUG: '1' }, 2, /^$/, /^standin: [^\n]+\n.+\n +at /s],
  ]
  for (const [argv, env, code, out, err] of cases) {
    const { text, ended } = start(t, main, argv, env)
    t.strictSame(await ended, [code, null], argv.join(' '))
    t.match(text.out, out)
    t.match(text.err, err)
  }
})

void t.test('the version is shown without loading the server or the schemas', async (t) => {
  const loaded = readFileSync(main, 'utf8').match(/^import .+$/gm)
  t.strictSame(loaded, ["import { run } from './run.js';"])
  t.notMatch(readFileSync(path('../../src/cli/run.js'), 'utf8'), /^import /m)
})

if (process.platform !== 'win32') {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    void t.test(`${signal} waits for the requests in flight`, async (t) => {
      const { child, text, shown, ended } = start(t, slowServer, [])
      await shown('stands in for')
      const url = /http:\S+/.exec(text.out)?.[0] ?? ''
      const reply = fetch(`${url}/cups`).then((response) => response.text())
      await shown('request')
      child.kill(signal)
      await shown('closing')
      child.stdin.write('answer\n')
      t.equal(await reply, 'filled', 'the request is answered')
      t.strictSame(await ended, [0, null])
      t.match(text.out, /closing\nflushed\n$/)
      t.equal(text.err, '')
    })
  }

  void t.test('a second signal ends at once', async (t) => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const { child, text, shown, ended } = start(t, slowServer, [])
      await shown('stands in for')
      const url = /http:\S+/.exec(text.out)?.[0] ?? ''
      const reply = fetch(`${url}/cups`).catch(() => 'cut off')
      await shown('request')
      // Another signal than the first, since the same one within a moment counts as an echo.
      child.kill(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT')
      await shown('closing')
      child.kill(signal)
      t.strictSame(await ended, [code, null])
      t.equal(await reply, 'cut off')
      t.notMatch(text.out, /flushed/)
    }
  })
}
