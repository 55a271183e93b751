import t from 'tap'
import { standinFor } from '../helper.js'

void t.test('the page and its files, under a policy that lets nothing else run', async (t) => {
  const standin = await standinFor(t)
  const page = await standin.inject('/_standin/')
  t.equal(page.statusCode, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.equal(page.headers['cache-control'], 'no-cache')
  const policy = String(page.headers['content-security-policy'])
  t.match(policy, "default-src 'none'")
  t.notMatch(policy, /unsafe|\*|https?:/)
  t.notMatch(page.body, /https?:\/\/|<script>|<style|\son\w+=/, 'nothing inline, nothing from elsewhere')
  const files = [...page.body.matchAll(/(?:src|href)="(ui\/[^"]+)"/g)].map(([, path]) => `/_standin/${path}`)
  t.equal(files.length, 3)
  for (const [url, type, cached] of [
    [files.find((file) => file.endsWith('.js')), /^text\/javascript/, /immutable/],
    [files.find((file) => file.endsWith('.css')), /^text\/css/, /immutable/],
    ['/_standin/ui/icon.svg', /^image\/svg/, /no-cache/],
    ['/_standin/ui/LICENSES', /^text\/plain/, /no-cache/],
  ] as const) {
    const file = await standin.inject(url ?? '')
    t.equal(file.statusCode, 200, url ?? 'a file of this kind')
    t.match(file.headers['content-type'], type)
    t.match(file.headers['cache-control'], cached)
    t.equal(file.headers['x-content-type-options'], 'nosniff')
  }
})

void t.test('who leaves the slash out is sent to the page', async (t) => {
  const standin = await standinFor(t)
  t.match(await standin.inject('/_standin'), { statusCode: 308, headers: { location: '/_standin/' } })
})

void t.test('no other file is to be had by it', async (t) => {
  const standin = await standinFor(t)
  for (const url of ['/_standin/ui/main.js', '/_standin/ui/..%2findex.js', '/_standin/ui/__proto__']) {
    const reply = await standin.inject(url)
    t.equal(reply.statusCode, 404, url)
    t.match(reply.json(), { code: 'unknown-control-path' })
  }
})

void t.test('it is there before a token is given, and not where steering is turned off', async (t) => {
  const guarded = await standinFor(t, { controlToken: 'x' })
  t.equal((await guarded.inject('/_standin/')).statusCode, 200)
  const off = await standinFor(t, { control: false })
  t.equal((await off.inject('/_standin/')).statusCode, 404)
})

void t.test(
  'on a port of its own it may call the mocked API on its port, by the name it was called',
  async (t) => {
    const standin = await standinFor(t, { controlPort: 0 })
    const { port } = new URL(await standin.listen())
    const page = await fetch(`${standin.control?.url}/_standin/`)
    t.match(page.headers.get('content-security-policy'), `connect-src 'self' http://127.0.0.1:${port};`)
    const about = await fetch(`${standin.control?.url}/_standin/v1/`)
    t.match(await about.json(), { api: `http://127.0.0.1:${port}` })
  },
)
