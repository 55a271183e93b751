import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import {
  createServer,
  type InlineConfig,
  type LogErrorOptions,
  type Logger,
  preview,
  type ViteDevServer,
} from 'vite'
import { makeCertificate } from '../../src/serve/tls/make-certificate.js'
import { folderFor } from '../folder.js'
import { connectStandin } from '../../src/testing/index.js'
import { standin, type StandinPluginOptions } from '../../src/testing/vite/index.js'

const openapi = (paths: Record<string, string>) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Cups', version: '1' },
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, size]) => [
        path,
        {
          get: {
            operationId: path === '/cups' ? 'readCup' : 'readMug',
            responses: {
              200: {
                description: 'OK',
                content: { 'application/json': { schema: { type: 'object' }, example: { size } } },
              },
            },
          },
        },
      ]),
    ),
  })

/** What is printed, in order. */
function logger(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const add = (text: string, _options?: LogErrorOptions) => void lines.push(text)
  return {
    lines,
    info: add,
    warn: add,
    warnOnce: add,
    error: add,
    clearScreen: () => {},
    hasErrorLogged: () => false,
    hasWarned: false,
  }
}

const cacheDir = mkdtempSync(join(tmpdir(), 'standin-vite-'))
t.teardown(() => rmSync(cacheDir, { recursive: true, force: true, maxRetries: 10 }))

interface Scope {
  testdir(contents: typeof files): string
  teardown(cleanUp: () => unknown): void
}

const config = (root: string, options: StandinPluginOptions, more: InlineConfig = {}): InlineConfig => ({
  configFile: false,
  root,
  // Vite goes on writing there for a moment after it has closed, when the test's folder is being removed.
  cacheDir,
  optimizeDeps: { noDiscovery: true },
  plugins: [standin(options)],
  ...more,
  server: { port: 0, host: '127.0.0.1', ...more.server },
})

const files = {
  'index.html': '<title>The page</title>',
  docs: { 'cups.json': openapi({ '/cups': 'small' }) },
}

async function devServer(
  t: Scope,
  options: StandinPluginOptions,
  more: InlineConfig = {},
): Promise<{ readonly server: ViteDevServer; readonly url: string; readonly root: string }> {
  const root = folderFor(t, files)
  const server = await createServer(config(root, { sources: ['docs'], ...options }, more))
  t.teardown(() => server.close())
  await server.listen()
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The dev server has no URL')
  return { server, url: url.replace(/\/$/, ''), root }
}

void t.test('documented paths are the stand-in’s, the rest is the page’s', async (t) => {
  const { url } = await devServer(t, {})
  t.match(await (await fetch(`${url}/`)).text(), 'The page')
  t.strictSame(await (await fetch(`${url}/cups?big=1`)).json(), { size: 'small' })
  t.equal((await fetch(`${url}/cups`, { method: 'DELETE' })).status, 405)
  t.match(await (await fetch(`${url}/saucers`, { headers: { accept: 'text/html' } })).text(), 'The page')
  t.match(await (await fetch(`${url}/_standin/health`)).json(), { status: 'ok', operations: 1 })
})

void t.test('with a prefix all that is below it is the stand-in’s', async (t) => {
  const { url } = await devServer(t, { prefix: '/api' })
  t.strictSame(await (await fetch(`${url}/api/cups`)).json(), { size: 'small' })
  const unknown = await fetch(`${url}/api/cupps`, { headers: { accept: 'text/html' } })
  t.equal(unknown.status, 404)
  t.match(await unknown.text(), '/api/cups', 'names the nearest')
  t.match(await (await fetch(`${url}/apix`, { headers: { accept: 'text/html' } })).text(), 'The page')
  t.match(await (await fetch(`${url}/_standin/openapi.json`)).json(), { paths: { '/api/cups': {} } })
})

void t.test('it can be steered, in sessions, and faults reach the client itself', async (t) => {
  const { url } = await devServer(t, {})
  const client = await connectStandin({ url })
  t.teardown(() => client.close())
  const session = await client.session({ title: t.name })
  await session.override('readCup', { status: 503, times: 1 })
  t.equal((await session.fetch('/cups')).status, 503)
  t.equal((await fetch(`${session.baseUrl}/cups`)).status, 200)
  await session.override('readCup', { fault: 'connection-reset' })
  const code = await new Promise((resolve) => {
    request(`${session.baseUrl}/cups`, { agent: false }, resolve)
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .end()
  })
  t.equal(code, 'ECONNRESET')
  t.equal((await fetch(`${url}/cups`)).status, 200, 'other sessions see nothing of it')
})

void t.test('changed docs are served, and the page is loaded again', async (t) => {
  const { server, url, root } = await devServer(t, {})
  const sent = new Promise<unknown>((resolve) => {
    server.ws.send = (payload: unknown) => resolve(payload)
  })
  writeFileSync(join(root, 'docs/cups.json'), openapi({ '/cups': 'large', '/mugs': 'huge' }))
  t.match(await sent, { type: 'full-reload' })
  t.strictSame(await (await fetch(`${url}/cups`)).json(), { size: 'large' })
  t.strictSame(await (await fetch(`${url}/mugs`)).json(), { size: 'huge' }, 'a new path is taken at once')
})

void t.test('docs that have become unreadable are told through Vite', async (t) => {
  const customLogger = logger()
  const told = new Promise<string>((resolve) => {
    customLogger.warn = customLogger.error = (text) => resolve(text)
  })
  const { url, root } = await devServer(t, {}, { customLogger })
  writeFileSync(join(root, 'docs/cups.json'), '{')
  t.match(await told, /^\[standin\] what was read before is served on, since docs/)
  t.strictSame(await (await fetch(`${url}/cups`)).json(), { size: 'small' }, 'the old is served on')
})

for (const host of ['127.0.0.1', true]) {
  void t.test(`where it is, is printed, and whether a token is needed, on ${host}`, async (t) => {
    const customLogger = logger()
    const { server, url } = await devServer(t, {}, { customLogger, server: { host } })
    server.printUrls()
    const printed = customLogger.lines.join('\n')
    t.match(printed, `${url}/_standin/ (Cups, 1 operation`)
    const [, token] = /Control token: (\S+)/.exec(printed) ?? []
    t.equal(token !== undefined, host === true)
    const about = `${url}/_standin/v1`
    t.equal((await fetch(about)).status, host === true ? 401 : 200)
    t.equal((await fetch(about, { headers: { authorization: `Bearer ${token}` } })).status, 200)
  })
}

void t.test('a restart takes over the folder of state', async (t) => {
  const { server, url, root } = await devServer(t, { sources: [], store: '.state' })
  const client = await connectStandin({ url })
  await client.default.state.patch({ accounts: { 7: { note: 'kept' } } })
  t.ok(existsSync(join(root, '.state')), 'in the folder of the page, wherever the process runs')
  await server.restart()
  const [now] = server.resolvedUrls?.local ?? []
  const again = await connectStandin({ url: String(now) })
  t.match(await again.default.state.read(), { accounts: { 7: { note: 'kept' } } })
})

/** How many folders or files this process is told of when they change. */
async function watched(): Promise<number> {
  // A watcher that was closed just now is let go of at the end of this turn of the event loop.
  await setImmediate()
  await setImmediate()
  return process.getActiveResourcesInfo().filter((resource) => resource === 'FSEventWrap').length
}

void t.test('nothing of it outlives the server, nor a restart', async (t) => {
  const before = await watched()
  // Without Vite's own watcher, those that there are belong to the stand-in.
  const { server } = await devServer(t, {}, { server: { watch: null } })
  const running = await watched()
  t.ok(running > before, 'the docs are watched')
  await server.restart()
  t.equal(await watched(), running, 'by one stand-in only')
  t.strictSame(await (await fetch(`${server.resolvedUrls?.local[0]}cups`)).json(), { size: 'small' })
  await server.close()
  t.equal(await watched(), before)
})

void t.test('vite preview has it too', async (t) => {
  const root = folderFor(t, { ...files, dist: { 'index.html': '<title>Built</title>' } })
  const server = await preview(
    config(root, { sources: ['docs'] }, { preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' }),
  )
  t.teardown(() => server.close())
  const [url = ''] = server.resolvedUrls?.local ?? []
  t.match(await (await fetch(url)).text(), 'Built')
  t.strictSame(await (await fetch(`${url}cups`)).json(), { size: 'small' })
})

void t.test('what the options get wrong stops the dev server, with the reason', async (t) => {
  const root = folderFor(t, files)
  // Vite leaves its watcher open where a plugin stops it; its command line ends the process then.
  const unwatched = { server: { watch: null } }
  await t.rejects(createServer(config(root, { sources: ['nowhere'] }, unwatched)), {
    code: 'STANDIN_ERR_SOURCE_UNREADABLE',
  })
})

void t.test('with HTTPS it speaks HTTP/2, the control API and faults too', async (t) => {
  const { key, cert } = await makeCertificate(['127.0.0.1'], Date.now())
  const { url } = await devServer(t, {}, { server: { https: { key, cert } } })
  const client = connect(url, { rejectUnauthorized: false })
  t.teardown(() => client.destroy())
  const ask = (path: string, body?: object, headers: Record<string, string> = {}) =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const stream = client.request({
        ':method': body ? 'POST' : 'GET',
        ':path': path,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      })
      let status = 0
      let text = ''
      stream.on('response', (head) => (status = head[':status'] ?? 0))
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => resolve({ status, text }))
      stream.on('error', reject)
      stream.end(body && JSON.stringify(body))
    })
  t.match(await ask('/cups'), { status: 200, text: '{"size":"small"}' })
  t.equal((await ask('/_standin/')).status, 200, 'the page')
  const { text } = await ask('/_standin/v1/journal')
  t.notMatch(text, '":path"', 'no header is made up')
  t.match(JSON.parse(text), { entries: [{ request: { headers: { host: new URL(url).host } } }] })
  t.equal((await ask('/_standin/v1/state', undefined, { origin: 'https://evil.test' })).status, 403)
  t.equal((await ask('/_standin/v1/state', undefined, { ':authority': 'evil.test' })).status, 403)
  t.equal((await ask('/_standin/v1/state', undefined, { origin: url })).status, 200)
  for (const fault of ['connection-reset', 'empty-reply']) {
    await ask('/_standin/v1/overrides', { fault, times: 1 })
    await t.rejects(ask('/cups'), { code: 'ERR_HTTP2_STREAM_ERROR' }, fault)
  }
  await ask('/_standin/v1/overrides', { fault: 'timeout', times: 1 })
  const never = ask('/cups').catch(() => undefined)
  t.equal((await ask('/_standin/v1/journal/wait', { match: { path: '/cups' }, times: 4 })).status, 200)
  t.equal((await ask('/cups')).status, 200, 'the connection goes on')
  client.destroy()
  await never
})
