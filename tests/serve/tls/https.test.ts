import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { Agent, createServer, get, type RequestOptions } from 'node:https'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { developmentCertificate } from '../../../src/serve/tls/development.js'
import { makeCertificate } from '../../../src/serve/tls/make-certificate.js'
import { answerPlainConnections } from '../../../src/serve/tls/plain-http.js'
import { createStandin } from '../../../src/standin.js'
import { standinFor } from '../helper.js'

// Making keys takes its time on a busy machine.
t.setTimeout(120_000)

async function ask(url: string, options: RequestOptions = {}) {
  const agent = new Agent({ keepAlive: false })
  const [reply]: IncomingMessage[] = await once(get(url, { agent, ...options }), 'response')
  if (!reply) throw new Error('No reply')
  return { status: reply.statusCode, headers: reply.headers, body: await text(reply) }
}

void t.test('a certificate is made, trusted by its file, and the same after a restart', async (t) => {
  const folder = join(folderFor(t), 'new', 'cache')
  const standin = await standinFor(t, { https: { folder } })
  const url = await standin.listen()
  t.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  const ca = readFileSync(standin.trust ?? '', 'utf8')
  const { port } = new URL(url)
  for (const host of ['127.0.0.1', 'localhost']) {
    const reply = await ask(`https://${host}:${port}/_standin/health`, { ca })
    t.equal(reply.status, 200, host)
  }
  await t.rejects(ask(`${url}/_standin/health`), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'by nobody else')
  if (process.platform !== 'win32')
    t.equal(statSync(join(folder, 'localhost-key.pem')).mode & 0o777, 0o600, 'the key is its owner’s alone')
  const again = await standinFor(t, { https: { folder } })
  t.equal(readFileSync(again.trust ?? '', 'utf8'), ca)
})

void t.test('close ends idle TLS connections', async (t) => {
  const standin = await createStandin({ https: { folder: folderFor(t) }, logger: false })
  const url = await standin.listen()
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  t.teardown(() => agent.destroy())
  t.equal((await ask(`${url}/_standin/health`, { agent })).status, 200)
  await standin.close()
  await t.rejects(ask(`${url}/_standin/health`), { code: 'ECONNREFUSED' })
})

void t.test('who speaks plain HTTP is told to speak HTTPS', async (t) => {
  const standin = await standinFor(t, { https: { folder: folderFor(t) } })
  const url = (await standin.listen()).replace('https', 'http')
  const [reply]: IncomingMessage[] = await once(httpGet(`${url}/x`), 'response')
  t.equal(reply?.statusCode, 400)
  if (reply) t.match(JSON.parse(await text(reply)), { code: 'bad-request', detail: /HTTPS/ })
})

void t.test('close does not wait for a connection that says nothing', async (t) => {
  const standin = await createStandin({ https: { folder: folderFor(t) }, logger: false })
  const { port, hostname } = new URL(await standin.listen())
  const socket = connect(Number(port), hostname)
  const ended = once(socket, 'close')
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  // A later connection has been answered, so that the silent one has been taken too.
  await once(httpGet({ port, hostname }), 'response')
  await standin.close()
  await t.resolves(ended)
})

void t.test('a connection that says nothing is let go, one that has spoken is not', async (t) => {
  const { cert, key } = await makeCertificate(['localhost'], Date.now())
  const server = createServer(
    { cert, key },
    (_request, response) => void setTimeout(() => response.end('late'), 60),
  )
  answerPlainConnections(server, 20)
  server.listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const silent = connect(port, '127.0.0.1')
  silent.resume()
  await once(silent, 'close')
  const reply = await ask(`https://127.0.0.1:${port}/`, { rejectUnauthorized: false })
  t.equal(reply.body, 'late')
})

void t.test('the certificate names the host, and is renewed when it ends or lacks a name', async (t) => {
  const folder = folderFor(t)
  const made = await developmentCertificate('127.0.0.1', { folder })
  const { subjectAltName = '', ca, validTo } = new X509Certificate(made.cert)
  t.equal(subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  t.equal(ca, false)
  const end = Date.parse(validTo)
  const day = 86_400_000
  t.equal((await developmentCertificate('::1', { folder, now: end - 31 * day })).cert, made.cert)
  const renewed = await developmentCertificate('::', { folder, now: end - 29 * day })
  t.not(renewed.cert, made.cert)
  const named = await developmentCertificate('dev.example', { folder })
  t.match(new X509Certificate(named.cert).checkHost('dev.example'), 'dev.example')
  t.not(named.trust, made.trust)
  writeFileSync(join(folder, 'localhost.pem'), 'broken')
  t.match((await developmentCertificate('localhost', { folder })).cert, /BEGIN CERTIFICATE/)
})

void t.test('a folder that cannot be written', async (t) => {
  const folder = join(folderFor(t, { file: '' }), 'file', 'x')
  await t.rejects(developmentCertificate('localhost', { folder }), { code: 'STANDIN_ERR_HTTPS_FOLDER' })
})

void t.test('given files', async (t) => {
  const now = Date.now()
  const [good, other, ended, future] = await Promise.all([
    makeCertificate(['localhost', '127.0.0.1'], now),
    makeCertificate(['localhost'], now),
    makeCertificate(['localhost'], now - 500 * 86_400_000),
    makeCertificate(['localhost'], now + 500 * 86_400_000),
  ])
  const cwd = folderFor(t, {
    'good.pem': good.cert,
    'good-key.pem': good.key,
    'other-key.pem': other.key,
    'ended.pem': ended.cert,
    'ended-key.pem': ended.key,
    'future.pem': future.cert,
    'future-key.pem': future.key,
    'text.pem': 'no pem',
    'locked-key.pem': '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----\n',
  })
  const standin = await standinFor(t, { https: { cert: 'good.pem', key: 'good-key.pem' }, cwd })
  const url = await standin.listen()
  t.equal((await ask(`${url}/_standin/health`, { ca: good.cert })).status, 200)
  t.equal(standin.trust, undefined)

  const cases: [cert: string | undefined, key: string | undefined, code: string, message: RegExp][] = [
    ['none.pem', 'good-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^none\.pem: It cannot be read: ENOENT/],
    ['text.pem', 'good-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^text\.pem: It holds no certificate/],
    ['good.pem', 'text.pem', 'STANDIN_ERR_HTTPS_FILE', /^text\.pem: It holds no private key/],
    ['good.pem', 'locked-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^locked-key\.pem: The key is encrypted/],
    ['good.pem', 'other-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^other-key\.pem: The key is not the one/],
    ['ended.pem', 'ended-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^ended\.pem: The certificate ended on/],
    ['future.pem', 'future-key.pem', 'STANDIN_ERR_HTTPS_FILE', /^future\.pem: .* only from/],
    ['good.pem', undefined, 'STANDIN_ERR_USAGE', /--https-key FILE/],
    [undefined, 'good-key.pem', 'STANDIN_ERR_USAGE', /--https-cert FILE/],
  ]
  for (const [cert, key, code, message] of cases) {
    await t.rejects(createStandin({ https: { cert, key }, cwd, logger: false }), { code, message }, `${cert}`)
  }
})

const curl = ['/usr/bin/curl', '/bin/curl'].find((path) => existsSync(path))
void t.test('curl trusts it too', { skip: curl === undefined && 'no curl here' }, async (t) => {
  const standin = await standinFor(t, { https: { folder: folderFor(t) } })
  const url = await standin.listen()
  const words = ['--noproxy', '*', '-sS', '--cacert', standin.trust ?? '', `${url}/_standin/health`]
  const { stdout } = await promisify(execFile)(curl ?? '', words)
  t.match(stdout, /"status":"ok"/)
})
