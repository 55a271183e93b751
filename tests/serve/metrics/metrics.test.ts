import { readFileSync } from 'node:fs'
import t from 'tap'
import { CallCounts, OTHER, UNKNOWN } from '../../../src/serve/metrics/call-counts.js'
import { exposition } from '../../../src/serve/metrics/exposition.js'
import { counter, gauge, histogram } from '../../../src/serve/metrics/family.js'
import { ownFamilies } from '../../../src/serve/metrics/own-families.js'
import { Durations } from '../../../src/store/durations.js'
import { packageVersion } from '../../../src/package.js'
import { documentedRequest, standinFor } from '../helper.js'
import { parseExposition, valueOf } from './exposition-parser.js'

void t.test('what was called is counted, by operation and class of status', async (t) => {
  const standin = await standinFor(t, { journal: 2 })
  for (let times = 0; times < 3; times++) await standin.inject(documentedRequest('resetPin'))
  await standin.inject(documentedRequest('resetPin', {}, '{}'))
  await standin.inject('/nowhere')
  await standin.inject({ url: '/nowhere', headers: { 'standin-session': 'one' } })
  const reply = await standin.inject('/_standin/metrics')
  t.equal(reply.statusCode, 200)
  t.equal(reply.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
  t.equal(reply.headers['cache-control'], 'no-store')
  const found = parseExposition(reply.body, '0.0.4')
  const requests = (operation: string, status: string) =>
    valueOf(found, 'standin_requests_total', { operation, status })
  t.equal(requests('resetPin', '2xx'), 3)
  t.equal(requests('resetPin', '4xx'), 1)
  t.equal(requests(UNKNOWN, '4xx'), 2)
  t.equal(requests('login', '2xx'), undefined, 'what was never called has no series')
  t.equal(valueOf(found, 'standin_violations_total', { operation: 'resetPin' }), 1)
  t.equal(valueOf(found, 'standin_unknown_requests_total'), 2)
  t.equal(valueOf(found, 'standin_request_duration_seconds_count'), 4)
  t.ok(Number(valueOf(found, 'standin_request_duration_seconds_sum')) > 0)
  t.equal(valueOf(found, 'standin_info', { version: packageVersion }), 1)
  t.equal(valueOf(found, 'standin_operations'), 6)
  t.equal(valueOf(found, 'standin_sessions'), 2)
  t.ok(Number(valueOf(found, 'standin_journal_bytes')) > 100)
  t.equal(
    valueOf(found, 'standin_journal_dropped_total'),
    3,
    'five calls of one session, of which it keeps two',
  )
  t.equal(valueOf(found, 'standin_store_up'), undefined, 'there is no shared store')
  t.ok(Number(valueOf(found, 'process_resident_memory_bytes')) > 1e6)
  t.match(found.types.get('nodejs_eventloop_lag_p99_seconds'), 'gauge')
})

void t.test('who names OpenMetrics gets it, and nobody else changes by that', async (t) => {
  const standin = await standinFor(t)
  await standin.inject(documentedRequest('resetPin'))
  const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'
  const ask = async (headers: Record<string, string>) => standin.inject({ url: '/_standin/metrics', headers })
  for (let times = 0; times < 2; times++) {
    const open = await ask({ accept })
    t.equal(open.headers['content-type'], 'application/openmetrics-text; version=1.0.0; charset=utf-8')
    const found = parseExposition(open.body, 'openmetrics')
    t.equal(found.types.get('standin_requests'), 'counter')
    t.equal(valueOf(found, 'standin_requests_total', { operation: 'resetPin' }), 1)
    t.equal(
      valueOf(parseExposition((await ask({})).body, '0.0.4'), 'standin_requests_total', {
        operation: 'resetPin',
      }),
      1,
    )
  }
})

void t.test('metrics show nothing of requests or state, and ask for no token', async (t) => {
  const standin = await standinFor(t, { host: '0.0.0.0', controlToken: 'secret' })
  await standin.inject({ url: '/nowhere/secret-path?q=hidden', headers: { host: 'evil.example' } })
  for (const method of ['GET', 'HEAD'] as const) {
    const reply = await standin.inject({
      method,
      url: '/_standin/metrics',
      headers: { host: 'evil.example', origin: 'http://evil.example' },
    })
    t.equal(reply.statusCode, 200)
    t.notMatch(reply.body, /secret|hidden/)
  }
})

void t.test('the number of series is bounded', (t) => {
  const counts = new CallCounts(2)
  for (const operation of ['a', 'b', 'c', 'd', 'a']) counts.of(operation).replied(200)
  counts.of(undefined).replied(404)
  t.strictSame(
    [...counts.operations].map(([name, { replies }]) => [name, replies[2], replies[4]]),
    [
      ['a', 2, 0],
      ['b', 1, 0],
      [OTHER, 2, 0],
      [UNKNOWN, 0, 1],
    ],
  )
  t.end()
})

void t.test('a status that HTTP does not have is counted with the nearest that it has', (t) => {
  const counts = new CallCounts().of('a')
  for (const status of [0, 99, 100, 204, 599, 600, 999]) counts.replied(status)
  t.strictSame(counts.replies, [0, 3, 1, 0, 0, 3])
  t.end()
})

void t.test('durations', (t) => {
  const durations = new Durations([0.001, 0.01])
  for (const ms of [0, 1, 1.1, 10, 1000]) durations.add(ms)
  t.strictSame(durations.cumulative, [2, 4, 5])
  t.equal(Math.round(durations.sum * 1e4), 10_121)
  t.end()
})

void t.test('processes become one, each metric in its way', async (t) => {
  const durations = new Durations([0.1])
  durations.add(50)
  const of = (calls: number, up: number) => [
    counter('calls_total', 'Calls "so far"\\', [[{ operation: 'a "b"\\\n' }, calls]]),
    gauge('up', 'Up', up, 'min'),
    gauge('sessions', 'Sessions', calls, 'max'),
    histogram('took_seconds', 'Took', durations),
  ]
  const { text } = await exposition([of(2, 1), of(5, 0)], undefined)
  const found = parseExposition(text, '0.0.4')
  t.equal(valueOf(found, 'calls_total', { operation: 'a "b"\\\n' }), 7)
  t.equal(valueOf(found, 'up'), 0)
  t.equal(valueOf(found, 'sessions'), 5)
  t.equal(valueOf(found, 'took_seconds_bucket', { le: '0.1' }), 2)
  t.equal(valueOf(found, 'took_seconds_count'), 2)
})

void t.test('the parser of these tests refuses what is none', (t) => {
  const bad = [
    'a 1',
    '# TYPE a counter\nb 1\n',
    '# TYPE a gauge\na 1\na 1\n',
    '# TYPE a gauge\na{b="c} 1\n',
    '# TYPE a gauge\na x\n',
    '# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
    '# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n',
  ]
  for (const text of bad) t.throws(() => parseExposition(text, '0.0.4'), text)
  t.throws(() => parseExposition('# TYPE a_total counter\na_total 1\n# EOF\n', 'openmetrics'))
  t.end()
})

void t.test('the guide names each metric with its type, and no other', async (t) => {
  const families = ownFamilies({
    version: '1',
    counts: new CallCounts(),
    operations: () => 1,
    sessions: () => 1,
    journals: () => ({ bytes: 0, dropped: 0 }),
    store: () => ({ up: true, commits: 0, conflicts: 0, roundTrips: new Durations([1]) }),
  })
  const guide = readFileSync('docs/guides/operate.md', 'utf8')
  t.strictSame(
    [...guide.matchAll(/^\| `(standin_\w+)` \| (\w+) \|/gm)].map(([, name, type]) => `${name} ${type}`),
    families.map(({ name, type }) => `${name} ${type}`),
  )
})
