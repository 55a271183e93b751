import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { objectOf, standinFor } from './helper.js'

/** What comes back for some bytes, until the server closes the connection. */
async function exchange(url: string, bytes: string | Buffer): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  socket.on('error', () => {})
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

const line = 'POST /onboarding/user/resetPin/v1 HTTP/1.1\r\nHost: a\r\n'

void t.test('bytes that are no HTTP request get a problem document, and nothing from inside', async (t) => {
  const standin = await standinFor(t)
  const url = await standin.listen()
  const cases: [string, string | Buffer, number, string][] = [
    ['words', 'garbage\r\n\r\n', 400, 'bad-request'],
    ['a TLS hello', Buffer.from('16030100a5010000a10303', 'hex'), 400, 'bad-request'],
    ['a method that does not exist', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'bad-request'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, ''],
    ['a broken header', 'GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n', 400, 'bad-request'],
    [
      'huge headers',
      `GET / HTTP/1.1\r\nHost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['a length that is none', `${line}Content-Length: many\r\n\r\n`, 400, 'bad-request'],
    ['two lengths', `${line}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400, 'bad-request'],
    ['two framings', `${line}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400, 'bad-request'],
  ]
  for (const [title, bytes, status, code] of cases) {
    const reply = await exchange(url, bytes)
    t.match(reply, new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`), title)
    t.notMatch(reply, /node_modules|\n +at /, title)
    if (code === '') continue
    const [head = '', body = ''] = reply.split('\r\n\r\n')
    t.match(head, 'content-type: application/problem+json; charset=utf-8', title)
    t.match(head, 'standin-note: own-reply', title)
    t.match(objectOf(JSON.parse(body)), { status, code, type: `/_standin/errors#${code}` }, title)
  }
  t.equal((await fetch(`${url}/_standin/health`)).status, 200, 'and it goes on')
})

void t.test('headers that come twice', async (t) => {
  const standin = await standinFor(t)
  const url = await standin.listen()
  const body = '{"pin":"2222","signInMode":1}'
  const end = `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
  const token = 'X-API-TOKEN: a..b.c.d\r\n'
  t.match(await exchange(url, `${line}${token}${token}${end}`), /^HTTP\/1\.1 401 /, 'two tokens are no token')
})

void t.test('HEAD has no body', async (t) => {
  const standin = await standinFor(t)
  const url = await standin.listen()
  for (const path of ['/docs', '/onboarding/user/resetPin/v1', '/token-service/client/server/new/token']) {
    const reply = await exchange(url, `HEAD ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    t.match(reply, /^HTTP\/1\.1 (200|401|405) [^]*\r\n\r\n$/, path)
  }
})
