import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../folder.js'
import { packageVersion } from '../../src/package.js'
import { standinFor } from './helper.js'

void t.test('health', async (t) => {
  const folder = join(folderFor(t), 'store')
  for (const [options, store] of [
    [{}, 'memory'],
    [{ stateless: true }, 'stateless'],
    [{ store: folder }, folder],
  ] as const) {
    const standin = await standinFor(t, options)
    const reply = await standin.inject('/_standin/health')
    t.equal(reply.statusCode, 200)
    await standin.close()
    t.match(reply.json(), {
      status: 'ok',
      version: packageVersion,
      operations: 6,
      store,
      uptimeSeconds: Number,
    })
  }
})

void t.test('the page on errors is the one that is committed', async (t) => {
  const standin = await standinFor(t)
  const reply = await standin.inject('/_standin/errors')
  t.equal(reply.headers['content-type'], 'text/markdown; charset=utf-8')
  t.equal(reply.body, readFileSync('docs/errors.md', 'utf8'))
})

void t.test('the reference page needs nothing from elsewhere', async (t) => {
  const standin = await standinFor(t)
  for (const url of ['/docs', '/_standin/docs']) {
    const page = await standin.inject(url)
    t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
    t.equal(
      page.headers['content-security-policy'],
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    )
    t.notMatch(page.body, /https?:\/\//)
    t.notMatch(page.body, /<script>|\son\w+=/, 'nothing inline, which the policy forbids')
    const files = [...page.body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
    t.equal(files.length, 3)
    for (const path of files) {
      const file = await standin.inject(path)
      t.equal(file.statusCode, 200, path)
      t.ok(file.body.length > 50)
      t.match(file.headers['content-type'], path.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
    }
  }
})

void t.test('page and document can be moved or turned off, and stand under /_standin too', async (t) => {
  const status = async (options: { docsPath?: string; openapiPath?: string }, paths: string[]) => {
    const standin = await standinFor(t, options)
    return Promise.all(paths.map(async (url) => (await standin.inject(url)).statusCode))
  }
  const always = ['/_standin/docs', '/_standin/openapi.json']
  t.strictSame(
    await status({ docsPath: '/ref', openapiPath: '/api.json' }, [
      '/ref',
      '/api.json',
      '/docs',
      '/openapi.json',
      ...always,
    ]),
    [200, 200, 404, 404, 200, 200],
  )
  t.strictSame(
    await status({ docsPath: 'off', openapiPath: 'off' }, ['/docs', '/openapi.json', ...always]),
    [404, 404, 200, 200],
  )
})
