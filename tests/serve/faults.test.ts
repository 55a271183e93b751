import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t from 'tap'
import { request } from 'undici'
import { folderFor } from '../folder.js'
import type { Override } from '../../src/index.js'
import { documentedRequest, documentedText, type Scope, standinFor } from './helper.js'

const operationId = 'login'

/** A stand-in on a socket, with one override. */
async function steered(t: Scope, override: Override) {
  const standin = await standinFor(t)
  const url = new URL(await standin.listen())
  await standin.session().override({ operationId, ...override })
  return { standin, url }
}

/** The documented request, as bytes on a bare socket; resolves with what came and how it ended. */
async function bare(url: URL, payload = documentedText(operationId, 'request')) {
  const { method, url: path, headers } = documentedRequest(operationId)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const socket: Socket = connect(Number(url.port), url.hostname)
  let text = ''
  const parts: { text: string; ms: number }[] = []
  const began = performance.now()
  let error: NodeJS.ErrnoException | undefined
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => {
    text += part
    parts.push({ text: part, ms: performance.now() - began })
  })
  socket.on('error', (reason) => (error = reason))
  const ended = new Promise((resolve) => void socket.once('close', resolve))
  socket.write(
    `${method} ${path} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: close\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(payload)}\r\n\r\n${payload}`,
  )
  return { socket, ended, result: () => ({ text, parts, error }) }
}

const call = (url: URL) => {
  const { method, url: path, headers, payload } = documentedRequest(operationId)
  return request(new URL(path, url), {
    method,
    headers,
    body: payload,
    reset: true,
  })
}

void t.test('connection-reset is a TCP RST without a byte', async (t) => {
  const { url } = await steered(t, { fault: 'connection-reset' })
  const { ended, result } = await bare(url)
  await ended
  t.equal(result().error?.code, 'ECONNRESET')
  t.equal(result().text, '')
  await t.rejects(call(url), { code: 'ECONNRESET' })
  await t.rejects(fetch(new URL('/onboarding/user/login/v1', url), { method: 'POST' }), {
    message: 'fetch failed',
  })
})

void t.test('empty-reply closes in order without a byte', async (t) => {
  const { url } = await steered(t, { fault: 'empty-reply' })
  const { ended, result } = await bare(url)
  await ended
  t.equal(result().error, undefined, 'no reset')
  t.equal(result().text, '')
  await t.rejects(call(url), { code: 'UND_ERR_SOCKET' }, 'other side closed')
})

void t.test('malformed-json is a whole message whose body is cut short', async (t) => {
  const { url } = await steered(t, { fault: 'malformed-json' })
  const { statusCode, headers, body } = await call(url)
  const text = await body.text()
  t.equal(statusCode, 200)
  t.match(headers['content-type'], /^application\/json/)
  t.equal(Number(headers['content-length']), Buffer.byteLength(text))
  t.throws(() => JSON.parse(text), SyntaxError)
})

void t.test('malformed-json breaks bodies of which half is JSON, and those that are not there', async (t) => {
  for (const body of [12, '', { a: 1 }, [], true, null]) {
    const { url } = await steered(t, { status: 200, body, fault: 'malformed-json' })
    const { body: answer } = await call(url)
    const text = await answer.text()
    t.throws(() => JSON.parse(text), SyntaxError, JSON.stringify(body))
  }
})

void t.test('slow-drip sends the head at once and the body in parts', async (t) => {
  const { url } = await steered(t, { fault: { type: 'slow-drip', overMs: 300 } })
  const { ended, result } = await bare(url)
  await ended
  const { parts, text } = result()
  t.ok(parts.length > 5, `${parts.length} parts`)
  t.match(parts[0]?.text, /^HTTP\/1\.1 200 /)
  t.notMatch(parts[0]?.text, /SUCCESS/)
  t.match(text, /SUCCESS/)
})

void t.test('timeout sends nothing, and ends with the client or the server', async (t) => {
  const { url, standin } = await steered(t, { fault: 'timeout' })
  const first = await bare(url)
  const second = await bare(url)
  while ((await standin.session().overrides())[0]?.used !== 2)
    await new Promise((resolve) => setTimeout(resolve, 5))
  t.equal(first.result().text, '')
  first.socket.destroy()
  await first.ended
  const closed = standin.close()
  await second.ended
  t.equal(second.result().text, '')
  await closed
})

void t.test('closing does not wait for a delay: the reply is sent', async (t) => {
  const { url, standin } = await steered(t, { delay: 600_000 })
  const { ended, result } = await bare(url)
  while ((await standin.session().overrides())[0]?.used !== 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
  await standin.close()
  await ended
  t.match(result().text, /^HTTP\/1\.1 200 /)
})

void t.test('a fault holds for an injected request too', async (t) => {
  for (const fault of ['connection-reset', 'empty-reply'] as const) {
    const standin = await standinFor(t)
    await standin.session().override({ operationId, fault })
    await t.rejects(standin.inject(documentedRequest(operationId)), fault)
  }
})

/** An API of one operation, whose behaviour answers with this reply. */
const moduleWith = (reply: object): string => `
import { defineApi, describePage, operation } from 'standin/describe'
const { source } = describePage('docs/ping.md')
export default defineApi({
  title: 'Ping',
  operations: [operation({
    operationId: 'ping', method: 'GET', path: '/ping', parameters: [],
    responses: [{ status: '200', headers: [], content: [], source: source(3) }], source: source(1),
  })],
  behaviours: () => ({ ping: () => (${JSON.stringify({ reason: 'asked', ...reply })}) }),
})
`

void t.test('slow-drip of a reply that HTTP does not have is an error of that request alone', async (t) => {
  const cases: [string, object][] = [
    ['a name that no header has', { status: '200', body: {}, headers: { 'x a': 'b' } }],
    ['a status out of range', { status: '99', body: {} }],
  ]
  for (const [name, reply] of cases) {
    const cwd = folderFor(t, { 'index.mjs': moduleWith(reply) })
    const standin = await standinFor(t, { sources: ['index.mjs'], cwd })
    await standin.session().override({ operationId: 'ping', fault: { type: 'slow-drip', overMs: 1 } })
    const url = await standin.listen()
    const answer = await fetch(`${url}/ping`)
    t.equal(answer.status, 500, name)
    t.match(await answer.json(), { code: 'internal-error' }, name)
  }
})

void t.test('a call has ended in the journal only when nothing more will come', async (t) => {
  for (const fault of ['timeout', { type: 'slow-drip', overMs: 600_000 }] as const) {
    const { url, standin } = await steered(t, { fault })
    const last = async () => {
      const { entries } = (await standin.inject('/_standin/v1/journal')).json<{
        entries: { ms?: number }[]
      }>()
      return entries[0]
    }
    const { socket, ended } = await bare(url)
    while ((await last()) === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    // A turn of the event loop in which the reply begins.
    if (fault !== 'timeout') await once(socket, 'data')
    else
      while ((await standin.session().overrides())[0]?.used !== 1)
        await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 20))
    t.equal((await last())?.ms, undefined, 'it is under way')
    socket.destroy()
    await ended
    while ((await last())?.ms === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    t.type((await last())?.ms, 'number')
  }
})

void t.test('a slow reply that was sent whole has ended', async (t) => {
  const { url, standin } = await steered(t, { fault: { type: 'slow-drip', overMs: 1 } })
  await (await call(url)).body.text()
  const { entries } = (await standin.inject('/_standin/v1/journal')).json<{ entries: { ms?: number }[] }>()
  t.type(entries[0]?.ms, 'number')
})
