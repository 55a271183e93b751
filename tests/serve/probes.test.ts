import { request as httpRequest } from 'node:http'
import { Agent, type IncomingMessage } from 'node:http'
import t from 'tap'
import { documentedRequest, standinFor } from './helper.js'

void t.test('live and ready answer everybody, on either port', async (t) => {
  const standin = await standinFor(t, { controlPort: 0, controlToken: 'secret' })
  const url = await standin.listen()
  for (const base of [url, standin.control?.url ?? '']) {
    for (const [path, status] of [
      ['live', 'live'],
      ['ready', 'ready'],
    ] as const) {
      const reply = await fetch(`${base}/_standin/${path}`, { headers: { origin: 'http://evil.example' } })
      t.equal(reply.status, 200)
      t.equal(reply.headers.get('cache-control'), 'no-store')
      t.strictSame(await reply.json(), { status })
      const head = await fetch(`${base}/_standin/${path}`, { method: 'HEAD' })
      t.equal(head.status, 200)
    }
  }
})

void t.test(
  'draining: ready says no, requests are served, and clients are asked to connect anew',
  async (t) => {
    const standin = await standinFor(t)
    const url = await standin.listen()
    const agent = new Agent({ keepAlive: true })
    t.teardown(() => agent.destroy())
    const get = (path: string) => replyTo(url + path, agent)
    t.equal((await get('/_standin/ready')).headers.connection, 'keep-alive')
    standin.drain()
    const ready = await get('/_standin/ready')
    t.equal(ready.statusCode, 503)
    t.equal(ready.headers.connection, 'close')
    t.match(JSON.parse(ready.body), { status: 'draining', reason: /asked to stop/ })
    t.equal((await get('/_standin/live')).statusCode, 200, 'it lives: nobody should restart it')
    const { method, url: path, headers, payload } = documentedRequest('resetPin')
    const reply = await fetch(url + path, { method, headers, body: payload })
    t.equal(reply.status, 200)
    t.equal(reply.headers.get('connection'), 'close')
  },
)

void t.test('what is in flight is finished; what does not end is cut off in time', async (t) => {
  const standin = await standinFor(t, { shutdownTimeout: 0.2 })
  const url = await standin.listen()
  // A request whose body never ends.
  const stuck = httpRequest(`${url}/onboarding/user/resetPin/v1`, {
    method: 'POST',
    headers: { 'content-length': '10', 'content-type': 'application/json' },
  })
  const cut = new Promise<Error>((resolve) => stuck.once('error', resolve))
  stuck.write('{')
  await new Promise<void>((resolve) => stuck.once('socket', (socket) => socket.once('connect', resolve)))
  await standin.close()
  t.match(await cut, { message: /hang up|ECONNRESET/ })
})

void t.test('a time for closing that is none', async (t) => {
  for (const shutdownTimeout of [-1, Number.NaN, 1e9]) {
    await t.rejects(standinFor(t, { shutdownTimeout }), {
      code: 'STANDIN_ERR_USAGE',
      message: /shutdownTimeout/,
    })
  }
})

function replyTo(url: string, agent: Agent): Promise<IncomingMessage & { body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent }, (reply) => {
      let body = ''
      reply.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      reply.on('end', () => resolve(Object.assign(reply, { body })))
    })
    request.on('error', reject).end()
  })
}
