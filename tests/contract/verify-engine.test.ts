import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { Engine } from '../../src/contract/verify/engine.js'
import { engineEnvironment } from '../../src/contract/verify/engine-environment.js'
import { planRun, writeShard } from '../../src/contract/verify/plan.js'
import { runAll, shardsOf } from '../../src/contract/verify/shards.js'
import { json, listen, type Provider, provide } from './verify-provider.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(240_000)

const count = 60
const pact = JSON.stringify({
  consumer: { name: 'web' },
  provider: { name: 'clocks' },
  interactions: Array.from({ length: count }, (_, index) => ({
    type: 'Synchronous/HTTP',
    key: `clock-${index}`,
    description: `clock ${index}`,
    comments: { text: ['of no use to the verifier'] },
    request: { method: 'GET', path: `/clocks/${index}` },
    response: { status: 200, body: { content: { id: index }, contentType: 'application/json' } },
  })),
  metadata: { pactSpecification: { version: '4.0' } },
})
const plan = planRun([{ file: 'clocks.json', text: pact }], [])

async function engineOn(t: Test, provider: Provider) {
  const folder = folderFor(t)
  const states = await listen(createServer((_, response) => json(response, {})))
  const engine = new Engine(folder)
  t.teardown(() => Promise.all([engine.close(), states.close(), provider.close()]))
  const verify = async (shard: number, signal = new AbortController().signal) => {
    const interactions = shardsOf(plan)[shard] ?? []
    const file = join(folder, `${shard}.json`)
    await writeFile(file, writeShard(interactions))
    const options = {
      providerBaseUrl: provider.url,
      statesUrl: `${states.url}/`,
      pact: file,
      headers: { Host: 'clocks' },
    }
    return engine.verify({ ...options, timeout: 60_000, signal })
  }
  return { engine, verify }
}

void t.test('one process verifies shard after shard, each with verdicts of its own', async (t) => {
  const provider = await provide((request, response) => {
    const id = Number(request.url?.split('/').at(-1))
    json(response, { id: id === 30 ? 'thirty' : id })
  })
  const { engine, verify } = await engineOn(t, provider)
  const { pid } = engine
  const verdicts = new Map([...(await verify(0)), ...(await verify(1)), ...(await verify(2))])
  t.equal(engine.pid, pid)
  t.strictSame(
    [...verdicts.keys()].toSorted((a, b) => a - b),
    plan.map(({ index }) => index),
  )
  const failed = [...verdicts].filter(([, { mismatches }]) => mismatches.length > 0)
  t.match(failed, [[30, { mismatches: [{ type: 'BodyMismatch', path: '$.id' }] }]])
  t.equal(failed.length, 1)
})

void t.test(
  'a process that ends in the middle is an error, and so is all that is asked of it later',
  async (t) => {
    const running: { pid: number | undefined } = { pid: undefined }
    const provider = await provide(() => {
      if (running.pid !== undefined) process.kill(running.pid, 'SIGKILL')
    })
    const { engine, verify } = await engineOn(t, provider)
    running.pid = engine.pid
    const ended = { code: 'STANDIN_ERR_VERIFIER', message: /its process ended \(SIGKILL\)/ }
    await t.rejects(verify(0), ended)
    await t.rejects(verify(1), ended)
  },
)

void t.test('a process that is given up says why', async (t) => {
  const controller = new AbortController()
  const provider = await provide(() => controller.abort('nothing happened for 5 ms'))
  const { verify } = await engineOn(t, provider)
  await t.rejects(verify(0, controller.signal), {
    code: 'STANDIN_ERR_VERIFIER',
    message: /nothing happened for 5 ms/,
  })
})

void t.test('the process sees no proxies, no settings and no certificates', async (t) => {
  const folder = folderFor(t)
  const seen = engineEnvironment(folder, {
    PATH: '/bin',
    PACT_DESCRIPTION: 'one only',
    https_proxy: 'http://proxy',
    NODE_OPTIONS: '--inspect',
    SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
    SSL_CERT_DIR: '/etc/ssl/certs',
  })
  const { SSL_CERT_FILE = '', SSL_CERT_DIR = '', ...rest } = seen
  t.strictSame(rest, { PATH: '/bin', PACT_DO_NOT_TRACK: 'true' })
  t.equal(readFileSync(SSL_CERT_FILE, 'utf8'), '')
  t.strictSame(readdirSync(SSL_CERT_DIR), [])
})

void t.test('each lane has a worker of its own, and nothing begins after a failure', async (t) => {
  let opened = 0
  let closed = 0
  const begun: number[] = []
  const busy = new Set<object>()
  const open = () => {
    opened++
    return { close: async () => void closed++ }
  }
  const task = (number: number, fails: boolean) => async (worker: object) => {
    t.notOk(busy.has(worker))
    busy.add(worker)
    begun.push(number)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    busy.delete(worker)
    if (fails) throw new Error(`task ${number}`)
    return number
  }
  const numbers = [0, 1, 2, 3, 4]
  t.strictSame(
    await runAll(
      numbers.map((number) => task(number, false)),
      { atOnce: 2, open },
    ),
    numbers,
  )
  t.strictSame([opened, closed], [2, 2])
  begun.length = 0
  const failing = runAll(
    numbers.map((number) => task(number, number === 0)),
    { atOnce: 1, open },
  )
  await t.rejects(failing, { message: 'task 0' })
  t.strictSame(begun, [0])
  t.strictSame([opened, closed], [3, 3])
})
