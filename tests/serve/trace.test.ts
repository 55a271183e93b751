import type { IncomingHttpHeaders } from 'node:http'
import t from 'tap'
import { createProxy } from '../../src/proxy.js'
import { createLogger } from '../../src/cli/logger.js'
import { documentedRequest, standinFor } from './helper.js'
import { upstreamFor } from './proxy/helper.js'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'
const traceparent = `00-${TRACE}-${SPAN}-01`

const cases: { name: string; sent: Record<string, string>; traceparent?: RegExp; tracestate?: string }[] = [
  { name: 'none', sent: {} },
  { name: 'state alone means nothing', sent: { tracestate: 'a=1' } },
  {
    name: 'goes on',
    sent: { traceparent, tracestate: 'a=1, b=2' },
    traceparent: new RegExp(`^00-${TRACE}-(?!${SPAN})[0-9a-f]{16}-01$`),
    tracestate: 'a=1,b=2',
  },
  {
    name: 'bad state is left out',
    sent: { traceparent, tracestate: 'A=1' },
    traceparent: new RegExp(`^00-${TRACE}-`),
  },
  {
    name: 'of a later version, with flags that are not known',
    sent: { traceparent: `01-${TRACE}-${SPAN}-ff-more` },
    traceparent: new RegExp(`^00-${TRACE}-[0-9a-f]{16}-03$`),
  },
  {
    name: 'begins anew',
    sent: { traceparent: `00-${TRACE}-${SPAN}-0x`, tracestate: 'a=1' },
    traceparent: new RegExp(`^00-(?!${TRACE})[0-9a-f]{32}-[0-9a-f]{16}-00$`),
  },
]

void t.test('a trace goes on to the upstream with another parent', async (t) => {
  let seen: IncomingHttpHeaders = {}
  const upstream = await upstreamFor(t, (request, response) => {
    seen = request.headers
    response.end('theirs')
  })
  const standin = await standinFor(t, { unknown: upstream })
  const proxy = await createProxy({ upstream, logger: false })
  t.teardown(() => proxy.close())
  for (const url of [await standin.listen(), await proxy.listen()]) {
    for (const one of cases) {
      await (await fetch(`${url}/elsewhere`, { headers: one.sent })).text()
      if (one.traceparent) t.match(seen['traceparent'], one.traceparent, one.name)
      else t.equal(seen['traceparent'], undefined, one.name)
      t.equal(seen['tracestate'], one.tracestate, one.name)
    }
  }
})

void t.test('the journal and the log line tell the trace of a call', async (t) => {
  const lines: string[] = []
  const logger = createLogger('info', { write: (line) => void lines.push(line) })
  const standin = await standinFor(t, { logger })
  const headersOf = (more: Record<string, string>) => documentedRequest('resetPin', more)
  await standin.inject(headersOf({ traceparent }))
  await standin.inject(headersOf({ traceparent: 'nonsense' }))
  const journal = await standin.inject('/_standin/v1/journal')
  const { entries }: { entries: { trace?: object }[] } = journal.json()
  t.strictSame(
    entries.map(({ trace }) => trace).toSorted((one) => (one ? -1 : 1)),
    [{ traceId: TRACE, parentId: SPAN }, undefined],
  )
  t.match(JSON.parse(lines[0] ?? ''), { traceId: TRACE, parentId: SPAN })
  t.notMatch(lines[1], /traceId/)
})
