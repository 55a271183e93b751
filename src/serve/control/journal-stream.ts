import { Type } from '@sinclair/typebox'
import { stringifyExact } from '../../operation/json.js'
import type { JournalEntry } from '../../steer/journal/entry.js'
import { Feed } from '../../steer/journal/feed.js'
import type { FollowedJournal } from '../../steer/journal/session-journal.js'
import type { ControlApp, ControlContext } from './context.js'
import { journalOf, journalsOf } from './journal-of.js'
import { ControlProblem } from './problems.js'
import { SessionQuery } from './session-of.js'

/** Streams at once; each holds a connection. */
const MOST_STREAMS = 100
/** Milliseconds. Proxies close what is silent for a minute, and some for half of one. */
const HEARTBEAT = 15_000

const StreamQuery = Type.Composite(
  [
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
  ],
  { additionalProperties: false },
)

/** Served with a body of its own, so it is only described. */
const EventStream = Type.String({
  description: 'Server-sent events: `entry` with a JournalEntry as its data, and `cleared`.',
})

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
        querystring: StreamQuery,
        response: { 200: { content: { 'text/event-stream': { schema: EventStream } } } },
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String()) }),
      },
    },
    async (request, reply) => {
      const calls = journalOf(context, request)
      const journals = journalsOf(context)
      if (streams >= MOST_STREAMS) {
        throw new ControlProblem('too-many-watchers', `${MOST_STREAMS} streams of calls are open already`)
      }
      const after = lastEventId(request.headers['last-event-id']) ?? request.query.after
      streams++
      let followed: FollowedJournal
      try {
        followed = await calls.follow()
      } catch (error) {
        streams--
        throw error
      }
      reply.hijack()
      const { raw } = reply
      const left = (): void => {
        streams--
        followed.stop()
      }
      // While it was asked for.
      if (raw.destroyed) return left()
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      // A browser takes a stream for open once something has come.
      raw.write(': the calls of a session\n\n')
      const feed = new Feed(followed.journal, {
        after,
        most: journals.entries,
        reader: {
          call: (trail) => raw.write(eventOf(trail.id, journals.teller.entry(trail))),
          cleared: () => void raw.write('event: cleared\ndata: {}\n\n'),
          // Whoever comes back with Last-Event-ID gets what is still there.
          lost: () => void raw.destroy(),
          // Whoever comes back is shown the session that has the name by then.
          closed: () => end(),
        },
      })
      raw.on('drain', () => feed.resume())
      const heartbeat = setInterval(() => {
        if (!raw.writableNeedDrain) raw.write(': still here\n\n')
      }, HEARTBEAT).unref()
      const end = (): void => {
        feed.stop()
        clearInterval(heartbeat)
        raw.end()
      }
      journals.closing.addEventListener('abort', end)
      raw.once('close', () => {
        left()
        feed.stop()
        clearInterval(heartbeat)
        journals.closing.removeEventListener('abort', end)
      })
      if (journals.closing.aborted || followed.journal.closed) end()
    },
  )
}

const eventOf = (id: number, entry: JournalEntry): string =>
  `id: ${id}\nevent: entry\ndata: ${stringifyExact(entry)}\n\n`

const lastEventId = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined
