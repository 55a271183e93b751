import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import forge from 'node-forge'
import t, { type Test } from 'tap'
import { type KeyPair, makeCertificate } from '../../src/serve/tls/make-certificate.js'
import { Shared } from '../../src/store/redis/shared.js'
import { runProgram, startProgram } from '../cli/built.js'
import { demo, failure, put, seedOf, until } from '../store/helper.js'
import { freePort } from './guide-project.js'
import { type RedisServer, redisTest, startRedis } from './redis-server.js'

t.setTimeout(240_000)

/** A Redis that speaks TLS at one port, and at another does not. */
interface TlsRedis {
  readonly plain: RedisServer
  readonly tlsPort: number
  /** Its certificate, which it has signed itself. */
  readonly cert: string
  readonly key: string
}

async function startTlsRedis(
  t: Test,
  config: readonly string[],
  names = ['127.0.0.1', 'localhost'],
): Promise<TlsRedis> {
  const { cert, key } = filesOf(t, await makeCertificate(names, Date.now()))
  const tlsPort = await freePort()
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert]
  const plain = await startRedis(t, ['--tls-port', String(tlsPort), ...files, ...config])
  return { plain, tlsPort, cert, key }
}

function filesOf(t: Test, pair: KeyPair): KeyPair {
  const folder = mkdtempSync(join(tmpdir(), 'standin-tls-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, pair.cert)
  writeFileSync(key, pair.key)
  return { cert, key }
}

const ANYBODY = ['--tls-auth-clients', 'no']

async function works(t: Test, location: string, what: string): Promise<void> {
  const shared = await Shared.open(location)
  const store = await shared.openStore(seedOf(demo))
  await put(store, '1', { what })
  t.same((await store.read('')).get('accounts', '1'), { what }, what)
  t.equal(shared.connection.trouble, undefined)
  await store.close()
  await shared.close()
}

void redisTest('a Redis that speaks TLS, with a certificate that is trusted', async (t) => {
  const { tlsPort, cert } = await startTlsRedis(t, ANYBODY)
  await works(t, `rediss://127.0.0.1:${tlsPort}?ca=${cert}`, 'by its file')
  await works(t, `rediss://localhost:${tlsPort}?ca=${cert}`, 'by its other name')
  await works(t, `rediss://127.0.0.1:${tlsPort}?insecure`, 'unseen')
  const argv = ['--store', `rediss://127.0.0.1:${tlsPort}`, '-p', '0']
  const { serving, child, ended } = startProgram(t, t.testdir(), argv, { NODE_EXTRA_CA_CERTS: cert })
  const health: unknown = await (await fetch(`${await serving()}/_standin/health`)).json()
  t.match(health, { status: 'ok', store: argv[1] }, 'by the environment')
  child.kill('SIGTERM')
  await ended
})

void redisTest('a connection that cannot be secured says why, and what to do', async (t) => {
  const { plain, tlsPort } = await startTlsRedis(t, ANYBODY)
  const other = await startTlsRedis(t, ANYBODY, ['redis.internal', 'redis.example'])
  const asking = await startTlsRedis(t, [])
  const host = '127.0.0.1'
  for (const [location, code, message] of [
    [
      `rediss://${host}:${tlsPort}`,
      'TLS',
      /its certificate is self-signed\. .*\?ca=FILE.*NODE_EXTRA_CA_CERTS.*\?insecure/,
    ],
    [`rediss://${host}:${tlsPort}?ca=${other.cert}`, 'TLS', /self-signed/],
    [
      `rediss://${host}:${other.tlsPort}?ca=${other.cert}`,
      'TLS',
      /is for another name \(DNS:redis\.internal, DNS:redis\.example\)/,
    ],
    [
      `rediss://${host}:${asking.tlsPort}?ca=${asking.cert}`,
      'TLS',
      /asks for a certificate.*cert=FILE&key=FILE/,
    ],
    [`redis://${host}:${tlsPort}`, 'TLS', /it speaks TLS\. Its URL begins with rediss:\/\//],
    [plain.url.replace('redis:', 'rediss:'), 'TLS', /it speaks no TLS\. Its URL begins with redis:\/\//],
    [
      `rediss://${host}:${tlsPort}?ca=/nowhere.pem`,
      'LOCATION',
      /the file of ca cannot be read .*nowhere\.pem/,
    ],
    [
      `rediss://${host}:${tlsPort}?cert=${other.key}&key=${other.key}`,
      'LOCATION',
      /cert, key .* no PEM that can be used/,
    ],
    [`rediss://${host}:1`, 'UNREACHABLE', /ECONNREFUSED/],
  ] as const) {
    const fault = await failure(Shared.open(location, { waitFor: 1 }))
    t.equal(fault.code, `STANDIN_ERR_STORE_${code}`, fault.message)
    t.match(fault.message, message)
  }
})

void redisTest('the program says so in one line and ends with 2', async (t) => {
  const { plain, tlsPort } = await startTlsRedis(t, ANYBODY)
  for (const [location, message] of [
    [`rediss://me:secret@127.0.0.1:${tlsPort}`, /self-signed/],
    [`redis://me:secret@127.0.0.1:${tlsPort}`, /it speaks TLS/],
    [`rediss://me:secret@127.0.0.1:${plain.port}`, /it speaks no TLS/],
  ] as const) {
    const { code, out, err } = await runProgram(t, t.testdir(), ['--store', location, '-p', '0'])
    t.equal(code, 2)
    t.equal(out, '')
    t.match(
      err,
      /^standin: The connection to the store rediss?:\/\/127\.0\.0\.1:\d+ cannot be secured: .*\[STANDIN_ERR_STORE_TLS\]\n$/,
    )
    t.match(err, message)
    t.notMatch(err, /secret/)
  }
})

void redisTest('a Redis that asks for a certificate of its clients is given one', async (t) => {
  const { cert, key } = filesOf(t, clientCertificate())
  const redis = await startTlsRedis(t, ['--tls-ca-cert-file', cert])
  await works(
    t,
    `rediss://127.0.0.1:${redis.tlsPort}?ca=${redis.cert}&cert=${cert}&key=${key}`,
    'with its own',
  )
})

void redisTest('the nodes of a cluster are asked over TLS, too', async (t) => {
  const [told, untold] = [await startTlsNode(t, 'yes'), await startTlsNode(t, 'no')]
  await works(t, `rediss://127.0.0.1:${told.tlsPort}?ca=${told.cert}`, 'a node')
  t.equal((await failure(Shared.open(`rediss://127.0.0.1:${told.tlsPort}`))).code, 'STANDIN_ERR_STORE_TLS')
  t.match(await failure(Shared.open(`rediss://127.0.0.1:${untold.tlsPort}?ca=${untold.cert}`)), {
    code: 'STANDIN_ERR_STORE_TLS',
    message: new RegExp(`127.0.0.1:${untold.plain.port} .a node of .*it speaks no TLS`),
  })
})

/** The one node of a cluster. @param told whether nodes name the ports at which they speak TLS */
async function startTlsNode(t: Test, told: 'yes' | 'no'): Promise<TlsRedis> {
  const bus = String(await freePort())
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', bus, '--tls-cluster', told]
  const redis = await startTlsRedis(t, [...ANYBODY, ...cluster])
  const client = new Redis(redis.plain.port, '127.0.0.1')
  t.teardown(() => client.disconnect())
  await client.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16383)
  await until(async () => String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok'))
  return redis
}

/** A self-signed certificate of a client (RFC 5280 section 4.2.1.12), PEM. */
function clientCertificate(): KeyPair {
  const { publicKey, privateKey } = forge.pki.rsa.generateKeyPair(2048)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = publicKey
  certificate.serialNumber = '01'
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000)
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  const name = [{ name: 'commonName', value: 'standin' }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([{ name: 'extKeyUsage', clientAuth: true }])
  certificate.sign(privateKey, forge.md.sha256.create())
  return { cert: forge.pki.certificateToPem(certificate), key: forge.pki.privateKeyToPem(privateKey) }
}
