import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import t from 'tap'
import { request } from 'undici'
import { type Scope, standinFor } from '../helper.js'
import type { Standin, StandinOptions } from '../../../src/index.js'
import { apiAddress } from '../../../src/serve/control/api-address.js'

type Headers = Record<string, string | undefined>

async function listening(t: Scope, options: StandinOptions = {}) {
  const standin = await standinFor(t, options)
  const url = new URL(await standin.listen())
  const port = Number(url.port)
  /** A request whose every header is said, `Host` too, on a socket of its own. */
  const send = async (
    path: string,
    headers: Headers = {},
    { method = 'GET', to = port, host = '127.0.0.1' }: { method?: string; to?: number; host?: string } = {},
  ): Promise<{ status: number; text: string }> => {
    const all: Headers = { Host: `127.0.0.1:${to}`, Connection: 'close', 'Content-Length': '0', ...headers }
    const lines = Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}`],
    )
    const socket = connect(to, host)
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    let text = ''
    for await (const part of socket.setEncoding('utf8')) text += String(part)
    return { status: Number(text.slice(9, 12)), text }
  }
  return { standin, url, port, send }
}

const V1 = '/_standin/v1/overrides'

void t.test('only pages of its own origin, by its own names', async (t) => {
  const { port, send, standin } = await listening(t)
  const own = `127.0.0.1:${port}`
  for (const [name, headers, status] of [
    ['a program', {}, 200],
    ['localhost', { Host: `localhost:${port}` }, 200],
    ['IPv6 loopback', { Host: `[::1]:${port}` }, 200],
    ['in capitals', { Host: `LOCALHOST:${port}` }, 200],
    ['its own page', { Origin: `http://${own}`, 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['typed into the address bar', { 'Sec-Fetch-Site': 'none' }, 200],
    ['another origin', { Origin: 'https://evil.example' }, 403],
    ['another port of this machine', { Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another of its names', { Origin: `http://localhost:${port}` }, 403],
    ['an origin that is hidden', { Origin: 'null' }, 403],
    ['another site without an origin', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a page of the same site', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a name that was made to point here', { Host: `evil.example:${port}` }, 403],
    [
      'that too, of the same origin',
      { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` },
      403,
    ],
    ['a name that ends like ours', { Host: `evil-localhost:${port}` }, 403],
    ['a name below ours', { Host: `localhost.evil.example:${port}` }, 403],
    ['a port that is not ours', { Host: 'localhost:1' }, 403],
    ['no port', { Host: 'localhost' }, 403],
    ['an empty name', { Host: '' }, 403],
    ['a user in it', { Host: `localhost@evil.example:${port}` }, 403],
  ] as const) {
    const reply = await send(V1, headers)
    t.equal(reply.status, status, name)
    if (status === 403) t.match(reply.text, /"code":"origin-refused"/, name)
    t.notMatch(reply.text.toLowerCase(), /access-control-/, `${name}: no CORS`)
  }
  const evil = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
  t.equal((await send(V1, evil, { method: 'OPTIONS' })).status, 403, 'a preflight too')
  t.equal(
    (await send('/_standin/v1/reset', { Origin: 'https://evil.example' }, { method: 'POST' })).status,
    403,
  )
  t.equal(
    (await send('/_standin/v1/nothing', { Origin: 'https://evil.example' })).status,
    403,
    'whatever the path',
  )
  t.strictSame(await standin.session().overrides(), [])
  for (const path of ['/_standin/health', '/_standin/errors', '/_standin/openapi.json', '/_standin/docs']) {
    t.equal((await send(path, { Host: 'evil.example', Origin: 'https://evil.example' })).status, 200, path)
  }
  const mocked = await send(
    '/onboarding/user/login/v1',
    { Origin: 'https://evil.example' },
    { method: 'POST' },
  )
  t.match(
    mocked.text.toLowerCase(),
    /access-control-allow-origin: https:\/\/evil\.example/,
    'the mocked API answers any origin',
  )
  t.equal(
    (await send(V1, Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`x-${index}`, 'a']))))
      .status,
    431,
  )
})

void t.test('a further name is allowed with --control-host', async (t) => {
  const { port, send } = await listening(t, { controlHost: ['standin.test', 'other.test:7'] })
  for (const [host, status] of [
    ['standin.test', 200],
    [`standin.test:${port}`, 200],
    ['other.test:7', 200],
    ['other.test:8', 403],
    ['third.test', 403],
  ] as const) {
    t.equal((await send(V1, { Host: host })).status, status, host)
  }
})

void t.test('elsewhere than on loopback a token is asked for', async (t) => {
  const { standin, port, send } = await listening(t, { host: '0.0.0.0' })
  const token = standin.control?.token ?? ''
  t.match(token, /^[\w-]{32}$/)
  t.equal(standin.control?.generated, true)
  for (const [name, authorization, status] of [
    ['none', undefined, 401],
    ['another', 'Bearer abc', 401],
    ['part of it', `Bearer ${token.slice(0, -1)}`, 401],
    ['another way', `Basic ${token}`, 401],
    ['the right one', `Bearer ${token}`, 200],
    ['in small letters', `bearer ${token}`, 200],
  ] as const) {
    const reply = await send(V1, { Authorization: authorization })
    t.equal(reply.status, status, name)
    if (status === 401) t.match(reply.text.toLowerCase(), /www-authenticate: bearer realm="standin"/)
    t.notMatch(reply.text, token)
  }
  t.equal((await send('/_standin/health')).status, 200)
  t.equal(
    (await send(V1, { Authorization: `Bearer ${token}`, Host: 'localhost:80' })).status,
    200,
    'a mapped port',
  )
  t.equal((await send(V1, { Authorization: `Bearer ${token}`, Host: `evil.example:${port}` })).status, 403)
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address
  if (address !== undefined) {
    const headers = { Authorization: `Bearer ${token}`, Host: `${address}:${port}` }
    t.equal((await send(V1, headers, { host: address })).status, 200, 'the address that was connected to')
    t.equal((await send(V1, headers)).status, 403, 'and no other')
  }
  const given = await listening(t, { controlToken: 'secret' })
  t.match(given.standin.control, { token: 'secret', generated: false })
  t.equal((await given.send(V1)).status, 401, 'on loopback too, where one is given')
  t.equal((await given.send(V1, { Authorization: 'Bearer secret' })).status, 200)
})

void t.test('the control API can have a port of its own, or none', async (t) => {
  const { standin, send } = await listening(t, { controlPort: 0 })
  const control = new URL(standin.control?.url ?? '')
  t.equal((await send(V1, {}, { to: Number(control.port) })).status, 200)
  t.equal((await send(V1)).status, 404, 'not on that of the API')
  t.equal((await send('/_standin/health')).status, 200)
  t.equal(
    (await send('/onboarding/user/login/v1', {}, { to: Number(control.port) })).status,
    404,
    'nor the API there',
  )
  const added = await request(new URL(V1, control), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operationId: 'getToken', status: 500 }),
  })
  t.equal(added.statusCode, 201)
  t.equal((await send('/token-service/client/server/new/v2/token')).status, 500)
  const off = await listening(t, { control: false })
  t.equal(off.standin.control, undefined)
  t.equal((await off.send(V1)).status, 404)
  t.equal((await off.send('/_standin/openapi.json')).status, 200)
})

/** A server of one's own, on whose sockets something is as only another machine or port would make it. */
async function ownServer(t: Scope, standin: Standin, socket: Partial<Socket> & { encrypted?: boolean }) {
  const server = createServer((incoming, response) => {
    for (const [name, value] of Object.entries(socket)) {
      Object.defineProperty(incoming.socket, name, { value, configurable: true })
    }
    standin.handle(incoming, response)
  })
  await new Promise<void>((go) => void server.listen(0, '127.0.0.1', go))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return async (path: string, headers: Headers = {}) => {
    const reply = await request(`http://127.0.0.1:${port}${path}`, { headers })
    return { status: reply.statusCode, text: await reply.body.text() }
  }
}

void t.test('a server of one’s own without a token is steered from this machine only', async (t) => {
  const standin = await standinFor(t)
  for (const [remoteAddress, status] of [
    ['127.0.0.1', 200],
    ['127.8.0.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.168.1.7', 401],
    ['::ffff:192.168.1.7', 401],
    ['fe80::1', 401],
    ['1270.0.0.1', 401],
  ] as const) {
    const send = await ownServer(t, standin, { remoteAddress })
    const reply = await send(V1)
    t.equal(reply.status, status, remoteAddress)
    if (status === 401) t.match(reply.text, /controlToken.*"code":"control-token-needed"/, remoteAddress)
    t.equal((await send('/_standin/health')).status, 200, `${remoteAddress}: what everybody may see`)
  }
  const guarded = await ownServer(t, await standinFor(t, { controlToken: 'secret' }), {
    remoteAddress: '192.168.1.7',
  })
  t.equal((await guarded(V1)).status, 401)
  t.equal((await guarded(V1, { authorization: 'Bearer secret' })).status, 200)
})

void t.test('a name without a port means the port that its scheme has', async (t) => {
  const standin = await standinFor(t)
  for (const [encrypted, localPort, status] of [
    [true, 443, 200],
    [true, 80, 403],
    [false, 80, 200],
    [false, 443, 403],
  ] as const) {
    const send = await ownServer(t, standin, { encrypted, localPort })
    t.equal((await send(V1, { host: 'localhost' })).status, status, `${encrypted} ${localPort}`)
  }
  for (const [listens, protocol, api] of [
    ['https://127.0.0.1:443', 'https', 'https://mock:443'],
    ['http://127.0.0.1:80', 'http', 'http://mock:80'],
    ['https://127.0.0.1:8443', 'https', 'https://mock:8443'],
  ] as const) {
    t.strictSame(apiAddress({ apart: true, origin: () => listens }, { protocol, hostname: 'mock' }), { api })
  }
})
