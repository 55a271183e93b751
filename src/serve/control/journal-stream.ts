import { Type } from '@sinclair/typebox'
import type { ServerResponse } from 'node:http'
import { stringifyExact } from '../../operation/json.js'
import { feed } from '../../steer/journal/feed.js'
import type { ControlApp, ControlContext } from './context.js'
import { journalOf, journalsOf } from './journal-of.js'
import { ControlProblem } from './problems.js'
import { SessionQuery } from './session-of.js'

/** Streams at once; each holds a connection. */
const MOST_STREAMS = 100
/** Milliseconds. Proxies close what is silent for a minute, and some for half of one. */
const HEARTBEAT = 15_000
/** Bytes that wait for a reader before it is let go: it may come back and go on where it was. */
const MOST_WAITING = 4 * 1024 * 1024

const StreamQuery = Type.Composite([
  SessionQuery,
  Type.Object({
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'Begins with the calls that are kept and have a greater id; with those to come where it and the header Last-Event-ID are left out.',
      }),
    ),
  }),
])

/** The calls of a session as they come, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function journalStreamRoutes(app: ControlApp, context: ControlContext): void {
  let streams = 0
  app.get(
    '/journal/stream',
    {
      schema: {
        operationId: 'streamCalls',
        summary:
          'The calls of a session as they come: events `entry`, again when a call that was under way is done, and `cleared`',
        tags: ['Journal'],
        produces: ['text/event-stream'],
        querystring: StreamQuery,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String()) }),
      },
    },
    async (request, reply) => {
      const { journal } = journalOf(context, request)
      const journals = journalsOf(context)
      if (streams >= MOST_STREAMS) {
        throw new ControlProblem('too-many-watchers', `${MOST_STREAMS} streams of calls are open already`)
      }
      const after = lastEventId(request.headers['last-event-id']) ?? request.query.after
      streams++
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      // A browser takes a stream for open once something has come.
      raw.write(': the calls of a session\n\n')
      const stop = feed(journal, after, {
        call: (trail) =>
          write(
            raw,
            `id: ${trail.id}\nevent: entry\ndata: ${stringifyExact(journals.teller.entry(trail))}\n\n`,
          ),
        cleared: () => write(raw, 'event: cleared\ndata: {}\n\n'),
      })
      const heartbeat = setInterval(() => write(raw, ': still here\n\n'), HEARTBEAT).unref()
      const end = (): void => void raw.end()
      journals.closing.addEventListener('abort', end)
      raw.once('close', () => {
        streams--
        stop()
        clearInterval(heartbeat)
        journals.closing.removeEventListener('abort', end)
      })
      if (journals.closing.aborted) end()
    },
  )
}

function write(raw: ServerResponse, text: string): void {
  if (raw.writableLength > MOST_WAITING) raw.destroy()
  else if (!raw.destroyed && !raw.writableEnded) raw.write(text)
}

const lastEventId = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined
