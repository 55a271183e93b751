import { once } from 'node:events'
import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { createServer as createPlain } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { makeCertificate } from '../../../src/serve/tls/make-certificate.js'
import { readFileSync } from 'node:fs'
import { cups, json, portFor, proxyFor, send, type TestScope, upstreamFor } from './helper.js'

const cup = '{"id":1,"size":"large"}'

async function secureUpstream(t: TestScope, names: string[]): Promise<string> {
  const server = createServer(await makeCertificate(names, Date.now()), (_incoming, response) => {
    response.writeHead(200, json)
    response.end(cup)
  }).listen(0, '127.0.0.1')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  return `https://localhost:${typeof address === 'object' && address ? address.port : 0}`
}

void t.test('an upstream whose certificate nobody vouches for', async (t) => {
  const upstream = await secureUpstream(t, ['localhost'])
  const { url } = await proxyFor(t, cups, { upstream })
  const refused = await send(`${url}/cups/1`)
  t.equal(refused.status, 502)
  t.match(JSON.parse(refused.text), { code: 'upstream-untrusted', detail: /NODE_EXTRA_CA_CERTS.*--insecure/ })
  const insecure = await proxyFor(t, cups, { upstream, insecure: true })
  t.equal((await send(`${insecure.url}/cups/1`)).text, cup)
  const plain = await upstreamFor(t, (_incoming, response) => void response.end())
  const wrong = await proxyFor(t, cups, { upstream: plain.replace('http:', 'https:') })
  t.match(JSON.parse((await send(`${wrong.url}/cups/1`)).text), { code: 'upstream-untrusted' })
})

void t.test('a proxy that speaks HTTPS', async (t) => {
  let forwarded: string | undefined
  const upstream = await upstreamFor(t, (incoming, response) => {
    forwarded = String(incoming.headers['x-forwarded-proto'])
    response.writeHead(302, { location: `${upstream}/cups/2` })
    response.end()
  })
  const { proxy, url } = await proxyFor(t, cups, { upstream, https: { folder: folderFor(t) } })
  const ca = readFileSync(proxy.trust ?? '', 'utf8')
  const [reply]: IncomingMessage[] = await once(get(`${url}/files/1`, { ca, agent: false }), 'response')
  t.equal(reply?.statusCode, 302)
  t.equal(reply?.headers.location, `${url}/cups/2`)
  t.equal(forwarded, 'https')
  if (reply) await text(reply)
})

void t.test('an upstream that is reached through an HTTP proxy', async (t) => {
  const upstream = await upstreamFor(t, (_incoming, response) => {
    response.writeHead(200, json)
    response.end(cup)
  })
  const through: string[] = []
  const tunnel = createPlain().on('connect', (request, socket) => {
    through.push(String(request.url))
    const [host = '', port = ''] = String(request.url).split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  tunnel.listen(0, '127.0.0.1')
  await once(tunnel, 'listening')
  t.teardown(() => tunnel.close())
  const address = tunnel.address()
  const upstreamProxy = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const { proxy, url } = await proxyFor(t, cups, { upstream, upstreamProxy })
  t.equal((await send(`${url}/cups/1`)).text, cup)
  t.strictSame(through, [new URL(upstream).host])
  await proxy.close()
  const refusing = await portFor(t, (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 403 No\r\n\r\n')),
  )
  const refused = await proxyFor(t, cups, { upstream, upstreamProxy: refusing })
  t.equal((await send(`${refused.url}/cups/1`)).status, 502)
})
