import t from 'tap'
import { cups, json, proxyFor, send, type TestScope, upstreamFor } from './helper.js'

const answering = (t: TestScope, status: number, headers: Record<string, string> = {}) =>
  upstreamFor(t, (incoming, response) => {
    incoming.resume()
    response.writeHead(status, headers).end()
  })

void t.test('the mock answers for an operation that the upstream does not have yet', async (t) => {
  const upstream = await answering(t, 501)
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  const cup = await send(`${url}/cups/1`)
  t.equal(cup.status, 200)
  t.strictSame(JSON.parse(cup.text), { id: 1, size: 'large' })
  t.match(cup.headers['standin-note'], /upstream-unimplemented; "The upstream \S+ answered 501/)
  t.notOk('standin-violations' in cup.headers)
  const wrong = await send(`${url}/cups`, {
    method: 'POST',
    headers: json,
    body: [Buffer.from('{'), Buffer.from('}')],
  })
  t.equal(wrong.status, 422, 'the mock gets the body, too')
  t.equal((await send(`${url}/cups`, { method: 'POST', headers: json, body: '{"size":"s"}' })).status, 201)
  t.equal((await send(`${url}/cups/1`, { method: 'HEAD' })).status, 200)
  t.equal((await send(`${url}/elsewhere`)).status, 501)
  t.match(proxy.summary, { calls: 5, failed: 0 })
})

void t.test('a 501 is passed on where it is documented, or nothing else is wanted', async (t) => {
  const upstream = await answering(t, 501)
  const { url } = await proxyFor(t, cups, { upstream, fallback: false })
  t.equal((await send(`${url}/cups/1`)).status, 501)
  const paths = { '/later': { get: { responses: { 200: { description: 'x' }, 501: { description: 'y' } } } } }
  const documented = await proxyFor(t, paths, { upstream })
  const later = await send(`${documented.url}/later`)
  t.equal(later.status, 501)
  t.notOk('standin-violations' in later.headers)
})

void t.test('an operation that is deprecated says so, unless the upstream does', async (t) => {
  const paths = { '/old': { get: { deprecated: true, responses: { 200: { description: 'x' } } } } }
  const silent = await proxyFor(t, paths, { upstream: await answering(t, 200) })
  t.equal((await send(`${silent.url}/old`)).headers['deprecation'], 'true')
  const saying = await proxyFor(t, paths, {
    upstream: await answering(t, 200, { deprecation: '@1688169599' }),
  })
  t.equal((await send(`${saying.url}/old`)).headers['deprecation'], '@1688169599')
})
