import t from 'tap'
import { startProgram } from '../cli/built.js'
import { documentedHeaders, documentedText, objectOf } from '../serve/helper.js'
import { parseExposition, valueOf } from '../serve/metrics/exposition-parser.js'
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
