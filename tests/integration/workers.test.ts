import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startProgram } from '../cli/built.js'
import { documentedHeaders, documentedText, objectOf } from '../serve/helper.js'
import { parseExposition, valueOf } from '../serve/metrics/exposition-parser.js'
import { until } from '../store/helper.js'
import { startRedis, redisTest } from './redis-server.js'

// Three processes and a redis-server are started.
t.setTimeout(240_000)

void redisTest('workers on a Redis are one stand-in', async (t) => {
  const redis = await startRedis(t)
  const argv = ['--store', redis.url, '--workers', '2', '--port', '0', '--host', '0.0.0.0']
  const program = startProgram(t, t.testdir(), argv)
  const url = (await program.serving()).replace('0.0.0.0', '127.0.0.1')
  const [, token = ''] = /^Token: +(\S+)/m.exec(program.text.out) ?? []
  // Each request on a connection of its own, which the primary gives to one worker after the other.
  const ask = (
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) => fetch(url + path, { ...init, headers: { ...init.headers, connection: 'close' } })
  const control = async (path: string) => {
    const reply = await ask(`/_standin/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    t.equal(reply.status, 200, 'the token is that of all workers')
    return objectOf(await reply.json())
  }

  const issued = await ask('/token-service/client/server/new/token', {
    method: 'POST',
    headers: { ...documentedHeaders('getTokenByPost'), 'content-type': 'application/json' },
    body: documentedText('getToken', 'request').replace(/"accountNumber":\s*\d+/, '"accountNumber": 4711'),
  })
  const apiToken = String(objectOf(await issued.json())['token'])
  for (let times = 0; times < 6; times++) {
    const reply = await ask('/onboarding/user/resetPin/v1', {
      method: 'POST',
      headers: {
        ...documentedHeaders('resetPin'),
        'content-type': 'application/json',
        'x-api-token': apiToken,
      },
      body: JSON.stringify({ pin: `246${times}`, signInMode: 1 }),
    })
    t.equal(reply.status, 200, 'whichever worker is asked accepts the token')
  }
  const found = parseExposition(await (await ask('/_standin/metrics')).text(), '0.0.4')
  t.equal(valueOf(found, 'standin_workers'), 2)
  t.equal(valueOf(found, 'standin_requests_total', { operation: 'resetPin', status: '2xx' }), 6)
  t.ok(Number(valueOf(found, 'standin_store_commits_total')) >= 6)
  t.equal(valueOf(found, 'standin_store_up'), 1)
  for (let times = 0; times < 4; times++) {
    const { replicas, ...likeness } = await control('/replicas')
    t.strictSame(likeness, { count: 2, alike: true })
    t.equal(Array.isArray(replicas) && replicas.length, 2)
  }
  program.child.kill('SIGTERM')
  t.strictSame(await program.ended, [0, null])
})

void redisTest('workers that were all killed are back on the ports that were told', async (t) => {
  const redis = await startRedis(t)
  const argv = ['--store', redis.url, '--workers', '2', '--port', '0', '--control-port', '0']
  const program = startProgram(t, t.testdir(), argv)
  const url = await program.serving()
  const [, control = ''] = /^Control: +(\S+)/m.exec(program.text.out) ?? []
  t.not(new URL(control).port, new URL(url).port)
  // Each on a connection of its own. Nobody may listen while they are away, and what has just been handed to
  // one that is killed is never answered: Node.js keeps that connection open.
  const ask = (address: string) =>
    fetch(address, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    )
  /** The process that answers at the control API's port. */
  const answering = async (): Promise<number | undefined> => {
    const reply = await ask(`${control}/replicas`)
    if (reply?.status !== 200) return undefined
    const { replicas } = objectOf(await reply.json())
    const self = (Array.isArray(replicas) ? replicas : []).map(objectOf).find((one) => one['self'] === true)
    return self?.['about'] === undefined ? undefined : Number(objectOf(self['about'])['pid'])
  }
  const pids = async (known: ReadonlySet<number>): Promise<Set<number>> => {
    const met = new Set<number>()
    await until(async () => {
      const pid = await answering()
      if (pid !== undefined && !known.has(pid)) met.add(pid)
      return met.size === 2
    })
    return met
  }
  const before = await pids(new Set())
  for (const pid of before) process.kill(pid, 'SIGKILL')
  await pids(before)
  const answeredBy = (worker: number): boolean =>
    new RegExp(`"worker":${worker},[^\n]*"url":"/after"`).test(program.text.err)
  await until(async () => {
    await ask(`${url}/after`)
    return answeredBy(1) && answeredBy(2)
  })
  program.child.kill('SIGTERM')
  t.strictSame(await program.ended, [0, null])
})

void redisTest('workers read saved sources again, each of them', async (t) => {
  const redis = await startRedis(t)
  const docs = (path: string) =>
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Cups', version: '1' },
      paths: { [path]: { get: { operationId: 'fill', responses: { 204: { description: 'Filled' } } } } },
    })
  const folder = t.testdir({ 'api.json': docs('/cups') })
  const argv = ['api.json', '--store', redis.url, '--workers', '2', '--port', '0', '--watch']
  const program = startProgram(t, folder, argv)
  await until(() => program.text.out.includes('Try it:'))
  const url = / on (http:\S+)/.exec(program.text.out)?.[1] ?? ''
  const health = async () =>
    objectOf(objectOf(await (await fetch(`${url}/_standin/health`)).json())['replicas'])
  await until(async () => (await health())['count'] === 2)
  writeFileSync(join(folder, 'api.json'), docs('/mugs'))
  const readBy = (worker: number): boolean =>
    new RegExp(`"worker":${worker},[^\n]*"msg":"read again: api.json"`).test(program.text.err)
  await until(() => readBy(1) && readBy(2))
  await until(async () => (await health())['alike'] === true)
  for (let times = 0; times < 4; times++) {
    const reply = await fetch(`${url}/mugs`, { headers: { connection: 'close' } })
    t.equal(reply.status, 204)
  }
  program.child.kill('SIGTERM')
  t.strictSame(await program.ended, [0, null])
})
