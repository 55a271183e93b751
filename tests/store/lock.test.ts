import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mock } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { bare } from '../bare.js'
import { openFileStore } from '../../src/store/file.js'
import { FolderLock } from '../../src/store/lock.js'
import { failure, parseObject, seedOf, until } from './helper.js'

const script = fileURLToPath(new URL('lock-process.js', import.meta.url))
const options = { seed: seedOf({}) }

interface Contender {
  readonly child: ChildProcess
  /** `open`, or the code of the refusal. */
  readonly said: string
  readonly closed: Promise<unknown>
}

/** It does not outlive the test. */
async function contender(t: Test, folder: string): Promise<Contender> {
  const child = spawn(...bare(process.execPath, [script, folder]), { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  t.teardown(() => child.kill('SIGKILL'))
  const [text] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, said: String(text).trim(), closed }
}

async function stop({ child, closed }: Contender): Promise<void> {
  child.stdin?.end()
  await closed
}

// Several processes are started, and a busy machine takes its time for each.
t.setTimeout(120_000)

void t.test('a folder that a living process holds is refused, with its id', async (t) => {
  const folder = `${folderFor(t)}/store`
  const holder = await contender(t, folder)
  t.equal(holder.said, 'open')
  const { code, message } = await failure(openFileStore(folder, options))
  t.equal(code, 'STANDIN_ERR_STORE_LOCKED')
  t.match(message, `process ${holder.child.pid}`)
  t.match(message, folder)
  await stop(holder)
  const store = await openFileStore(folder, options)
  await store.close()
  t.same(
    readdirSync(folder).filter((name) => name.startsWith('lock')),
    [],
  )
})

void t.test('two stores of one process on one folder are refused', async (t) => {
  const folder = `${folderFor(t)}/store`
  const store = await openFileStore(folder, options)
  t.match(await failure(openFileStore(folder, options)), {
    code: 'STANDIN_ERR_STORE_LOCKED',
    message: `process ${process.pid}`,
  })
  await store.close()
})

void t.test('of several that race for the lock of a killed process, never two win', async (t) => {
  const folder = `${folderFor(t)}/store`
  const { child, closed } = await contender(t, folder)
  child.kill('SIGKILL')
  await closed
  t.equal(readdirSync(folder).filter((name) => name.startsWith('lock')).length, 1, 'it left its lock')
  for (let round = 0; round < 2; round++) {
    const racers = await Promise.all(Array.from({ length: 3 }, () => contender(t, folder)))
    const winners = racers.filter(({ said }) => said === 'open')
    t.ok(winners.length <= 1, 'at most one')
    for (const { said } of racers) t.match(said, /^(open|STANDIN_ERR_STORE_LOCKED)$/)
    await Promise.all(racers.map(stop))
  }
  await (await openFileStore(folder, options)).close()
})

void t.test('within a process too', async (t) => {
  const folder = `${folderFor(t)}/store`
  for (let round = 0; round < 5; round++) {
    const opened = await Promise.allSettled(Array.from({ length: 5 }, () => openFileStore(folder, options)))
    const winners = opened.filter((result) => result.status === 'fulfilled')
    t.ok(winners.length <= 1)
    await Promise.all(winners.map(({ value }) => value.close()))
  }
})

const elsewhere = process.platform !== 'linux' && 'only Linux tells when a process began'
void t.test('a lock whose process id another program has now is stale', { skip: elsewhere }, async (t) => {
  const folder = `${folderFor(t)}/store`
  const store = await openFileStore(folder, options)
  const name = readdirSync(folder).find((file) => file.startsWith('lock')) ?? ''
  const lock = parseObject(readFileSync(`${folder}/${name}`, 'utf8'))
  await store.close()
  writeFileSync(`${folder}/${name}`, JSON.stringify({ ...lock, began: '1' }))
  await (await openFileStore(folder, options)).close()
  t.same(
    readdirSync(folder).filter((file) => file.startsWith('lock')),
    [],
  )
})

void t.test('a process of another machine is asked for a sign of life', async (t) => {
  const folder = `${folderFor(t)}/store`
  mkdirSync(folder)
  const foreign = `${folder}/lock.1-00`
  const write = (): void => writeFileSync(foreign, JSON.stringify({ pid: 1, place: 'elsewhere', began: '1' }))
  write()
  const life = setInterval(write, 50)
  t.teardown(() => clearInterval(life))
  t.match(await failure(openFileStore(folder, options)), {
    code: 'STANDIN_ERR_STORE_LOCKED',
    message: 'process 1',
  })
  clearInterval(life)
  await (await openFileStore(folder, options)).close()
})

void t.test('nothing is written any more once it is released, not by a sign of life either', async (t) => {
  const folder = folderFor(t)
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => mock.timers.reset())
  const lock = await FolderLock.take(folder)
  rmSync(folder, { recursive: true })
  mock.timers.tick(1000)
  await lock.release()
  await delay(100)
  t.notOk(existsSync(folder))
})

void t.test('a folder that is removed by hand is locked again', async (t) => {
  const folder = folderFor(t)
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => mock.timers.reset())
  const lock = await FolderLock.take(folder)
  rmSync(folder, { recursive: true })
  mock.timers.tick(1000)
  await until(() => existsSync(folder) && readdirSync(folder).some((name) => /^lock\.\d+-\w+$/.test(name)))
  t.match(await failure(FolderLock.take(folder)), { code: 'STANDIN_ERR_STORE_LOCKED' })
  await lock.release()
  t.same(readdirSync(folder), [])
})
