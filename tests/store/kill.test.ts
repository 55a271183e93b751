import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { folderFor } from '../folder.js'
import { bare } from '../bare.js'
import { openFileStore } from '../../src/store/file.js'

const script = fileURLToPath(new URL('load-process.js', import.meta.url))

/** Runs the load until `count` changes are acknowledged, then kills it: what was acknowledged, as it was printed. */
async function loadAndKill(folder: string, begin: number, count: number): Promise<string[]> {
  const child = spawn(...bare(process.execPath, [script, folder, String(begin)]), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  let lines = 0
  let killed = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    lines += text.split('\n').length - 1
    if (!killed && lines >= count) killed = child.kill('SIGKILL')
  })
  await once(child, 'close')
  t.ok(killed, 'the load ran until it was killed')
  // The last line may be cut off.
  return output.split('\n').slice(0, -1)
}

// Several processes are started, and a busy machine takes its time for each.
t.setTimeout(120_000)

void t.test('every acknowledged change outlives kill -9 under load, again and again', async (t) => {
  const folder = `${folderFor(t)}/store`
  const acknowledged: string[] = []
  for (const round of [0, 1]) {
    acknowledged.push(...(await loadAndKill(folder, round * 1_000_000, 2000)))
    const messages: string[] = []
    const store = await openFileStore(folder, {
      seed: async () => ({}),
      onMessage: (text) => messages.push(text),
    })
    const missing = []
    for (const line of acknowledged) {
      const [session = '', id = '']: string[] = JSON.parse(line)
      if ((await store.read(session)).get('numbers', id) === undefined) missing.push(line)
    }
    t.same(missing, [])
    t.same(messages, [], 'nothing was found broken')
    await store.close()
    t.same(
      readdirSync(folder).filter((name) => /tmp|lock/.test(name)),
      [],
      'nothing is left lying about',
    )
  }
  t.ok(acknowledged.length >= 4000)
})
