import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { Standin, StandinOptions } from '../../../src/standin.js'
import { documentedRequest, type Scope, standinFor } from '../helper.js'

const BASE = '/_standin/v1'

interface Event {
  readonly id: number | undefined
  readonly event: string
  readonly data: { readonly id: number; readonly ms?: number; readonly request: { readonly url: string } }
}

/** Reads a stream of events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). */
class Events {
  readonly all: Event[] = []
  comments = 0
  readonly #response: IncomingMessage
  #text = ''
  #waiting: (() => void) | undefined

  constructor(response: IncomingMessage) {
    this.#response = response
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk
      const blocks = this.#text.split('\n\n')
      this.#text = blocks.pop() ?? ''
      for (const block of blocks) this.#read(block)
      this.#waiting?.()
    })
    response.on('error', () => {})
  }

  static async open(t: Scope, url: string, headers = {}): Promise<Events> {
    const [response] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}`)
    t.teardown(() => response.destroy())
    return new Events(response)
  }

  async until(count: number): Promise<readonly Event[]> {
    while (this.all.length < count) await new Promise<void>((go) => (this.#waiting = go))
    return this.all
  }

  close(): void {
    this.#response.destroy()
  }

  ended(): Promise<unknown> {
    return once(this.#response, 'end')
  }

  #read(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    if (fields.has('')) this.comments++
    const data = fields.get('data')
    if (data === undefined) return
    const id = fields.get('id')
    this.all.push({
      id: id === undefined ? undefined : Number(id),
      event: fields.get('event') ?? '',
      data: JSON.parse(data),
    })
  }
}

async function listening(t: Scope, options: StandinOptions = {}): Promise<{ standin: Standin; url: string }> {
  const standin = await standinFor(t, options)
  return { standin, url: await standin.listen() }
}

const stream = (url: string, query = ''): string => `${url}${BASE}/journal/stream${query}`

void t.test('calls are told of as they come, in their session only', async (t) => {
  const { standin, url } = await listening(t)
  const events = await Events.open(t, stream(url))
  await standin.inject({ url: '/other', headers: { 'standin-session': 'other' } })
  await standin.inject('/mine')
  const [first] = await events.until(1)
  t.match(first, { id: 2, event: 'entry', data: { id: 2, ms: Number, request: { url: '/mine' } } })
  await standin.inject({ method: 'DELETE', url: `${BASE}/journal` })
  t.match((await events.until(2))[1], { event: 'cleared', data: {} })
})

void t.test('a call that is under way is told of twice', async (t) => {
  const { standin, url } = await listening(t)
  const events = await Events.open(t, stream(url))
  await standin.session().override({ operationId: 'resetPin', status: 200, delay: 20 })
  await standin.inject(documentedRequest('resetPin'))
  const [before, after] = await events.until(2)
  t.match([before, after], [{ id: 1 }, { id: 1 }])
  t.equal(before?.data.ms, undefined)
  t.type(after?.data.ms, 'number')
})

void t.test('a reader that comes back goes on where it was', async (t) => {
  const { standin, url } = await listening(t)
  for (const path of ['/1', '/2', '/3']) await standin.inject(path)
  const ids = async (query: string, headers = {}): Promise<readonly (number | undefined)[]> => {
    const events = await Events.open(t, stream(url, query), headers)
    await events.until(2)
    events.close()
    return events.all.map(({ id }) => id)
  }
  t.strictSame(await ids('?after=1'), [2, 3])
  t.strictSame(await ids('', { 'last-event-id': '1' }), [2, 3])
  t.strictSame(
    await ids('?after=0', { 'last-event-id': '1' }),
    [2, 3],
    'where it was goes before where it began',
  )
  t.strictSame(await ids('?after=1', { 'last-event-id': 'x' }), [2, 3], 'what is no id is none')
})

/** Begins to wait for a call that never comes; resolves once that has been sent. */
async function waiting(url: string, query = ''): Promise<ClientRequest> {
  const sent = request(`${url}${BASE}/journal/wait${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  })
  sent.on('error', () => {})
  const finished = once(sent, 'finish')
  const connected = once(sent, 'socket').then(([socket]: Socket[]) => socket && once(socket, 'connect'))
  sent.end(JSON.stringify({ match: { path: '/never' }, timeout: 600_000 }))
  await Promise.all([finished, connected])
  return sent
}

void t.test('streams and waits end when the stand-in closes, and it does close', async (t) => {
  const { standin, url } = await listening(t)
  const wait = await waiting(url)
  const answered = once(wait, 'response')
  const events = await Events.open(t, stream(url))
  const ended = events.ended()
  await standin.close()
  await ended
  const [response] = (await answered) as [IncomingMessage]
  t.match(JSON.parse(await text(response)), { status: 408, detail: /the stand-in was closed/ })
})

void t.test('streams and waits end when their session is dropped', async (t) => {
  const { standin, url } = await listening(t)
  const wait = await waiting(url, '?session=a')
  const answered = once(wait, 'response')
  const events = await Events.open(t, stream(url, '?session=a'))
  const others = await Events.open(t, stream(url))
  const ended = events.ended()
  t.equal((await standin.inject({ method: 'DELETE', url: `${BASE}/sessions/a` })).statusCode, 204)
  await ended
  const [response] = (await answered) as [IncomingMessage]
  t.match(JSON.parse(await text(response)), { status: 408, detail: /the session was dropped/ })
  await standin.inject('/mine')
  t.match((await others.until(1))[0], { data: { request: { url: '/mine' } } })
})

void t.test('a reader that does not read is let go, and others are not', async (t) => {
  const { standin, url } = await listening(t, { journal: 20 })
  const { hostname, port } = new URL(url)
  const idle = connect(Number(port), hostname)
  t.teardown(() => idle.destroy())
  idle.on('error', () => {})
  idle.write(`GET ${BASE}/journal/stream HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`)
  await once(idle, 'data')
  idle.pause()
  const reading = await Events.open(t, stream(url))
  // More than all buffers between the two take: each of these letters is six in JSON.
  const payload = '\u0001'.repeat(16_000)
  for (let sent = 1; sent <= 250; sent++) {
    await standin.inject({
      method: 'POST',
      url: '/large',
      headers: { 'content-type': 'text/plain' },
      payload,
    })
    await reading.until(sent)
  }
  t.equal(reading.all.length, 250)
  idle.resume()
  await once(idle, 'close')
  t.pass('it was let go, else it would be open still')
})

void t.test('only so many streams at once, and those that are left count no more', async (t) => {
  const { url } = await listening(t)
  const open = await Promise.all(Array.from({ length: 100 }, () => Events.open(t, stream(url))))
  const refused = await fetch(stream(url))
  t.match([refused.status, await refused.json()], [429, { code: 'too-many-watchers' }])
  open[0]?.close()
  let status = 429
  while (status === 429) {
    const again = await fetch(stream(url))
    status = again.status
    await again.body?.cancel()
  }
  t.equal(status, 200)
})

void t.test('a wait ends as soon as the calls are there, and counts those of its session', async (t) => {
  const { standin, url } = await listening(t)
  const wait = (body: object): Promise<Response> =>
    fetch(`${url}${BASE}/journal/wait`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timeout: 600_000, ...body }),
    })
  const waiting = wait({ match: { method: 'GET', path: '/x' }, times: 2 })
  await standin.inject('/x')
  await standin.inject({ url: '/x', headers: { 'standin-session': 'other' } })
  await standin.inject({ method: 'POST', url: '/x' })
  await standin.inject('/x')
  const { entries } = (await (await waiting).json()) as { entries: { id: number }[] }
  t.strictSame(
    entries.map(({ id }) => id),
    [1, 4],
  )
})

void t.test('who waits and goes leaves nothing behind', async (t) => {
  const { standin, url } = await listening(t)
  const wait = await waiting(url)
  const events = await Events.open(t, stream(url))
  await standin.inject('/x')
  await events.until(1)
  wait.destroy()
  // Closing waits for every connection that is being answered.
  await standin.close()
  t.pass('and the stand-in closes')
})
