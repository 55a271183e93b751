import { Type } from '@sinclair/typebox'
import { stringifyExact } from '../../operation/json.js'
import { entryCurl } from '../../steer/journal/curl.js'
import { JournalEntry } from '../../steer/journal/entry.js'
import { harOf } from '../../steer/journal/har.js'
import { JournalQuery, query } from '../../steer/journal/query.js'
import { checkOperation } from './check-match.js'
import type { ControlApp, ControlContext } from './context.js'
import { callOf, journalOf, originOf, readJournal } from './journal-of.js'
import { ControlProblem } from './problems.js'
import { SessionQuery } from './session-of.js'

const tags = ['Journal']
const CallId = Type.Object({ id: Type.Integer({ minimum: 1, description: 'The id of the call.' }) })
/** Sent as the text that it is, so that numbers in it keep their digits. */
const HarText = Type.Unsafe<string>(
  Type.Object({
    log: Type.Object({
      version: Type.Literal('1.2'),
      creator: Type.Object({ name: Type.String(), version: Type.String() }),
      entries: Type.Array(
        Type.Object({}, { description: 'As http://www.softwareishard.com/blog/har-12-spec/ has them.' }),
      ),
    }),
  }),
)
const Asked = Type.Composite([SessionQuery, JournalQuery], { additionalProperties: false })

/** What a session was called with: list, one call, forget, and other forms of them. */
export function journalRoutes(app: ControlApp, context: ControlContext): void {
  app.get(
    '/journal',
    {
      schema: {
        operationId: 'listCalls',
        summary: 'The calls of a session',
        tags,
        querystring: Asked,
        response: {
          200: Type.Object({
            entries: Type.Array(JournalEntry),
            dropped: Type.Integer({ description: 'Calls that the bounds of the journal have dropped.' }),
          }),
        },
      },
    },
    async (request) => {
      const { session: _session, ...asked } = request.query
      const { journal, teller } = await readJournal(context, request)
      checkOperation(asked, teller.description, journal, '/operationId')
      return { entries: query(journal, asked, teller), dropped: journal.dropped }
    },
  )
  app.delete(
    '/journal',
    {
      schema: {
        operationId: 'clearJournal',
        summary: 'Forgets the calls of a session',
        tags,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await journalOf(context, request).clear()
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/journal/:id',
    {
      schema: {
        operationId: 'getCall',
        summary: 'One call',
        tags,
        params: CallId,
        querystring: SessionQuery,
        response: { 200: JournalEntry },
      },
    },
    async (request) => {
      const { journal, teller } = await readJournal(context, request)
      return teller.entry(callOf(journal, request.params.id))
    },
  )
  app.get(
    '/journal/:id/curl',
    {
      schema: {
        operationId: 'getCallAsCurl',
        summary: 'One call as a command for a POSIX shell; secrets stay redacted',
        tags,
        params: CallId,
        querystring: SessionQuery,
        response: { 200: { content: { 'text/plain': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const { journal, teller } = await readJournal(context, request)
      const entry = teller.entry(callOf(journal, request.params.id))
      if (entry.kind === 'unreadable') {
        throw new ControlProblem(
          'unknown-control-target',
          `What came as ${entry.id} was no HTTP request, so that curl could not send it`,
        )
      }
      reply.type('text/plain; charset=utf-8')
      return `${entryCurl(entry, originOf(request))}\n`
    },
  )
  app.get(
    '/journal.har',
    {
      schema: {
        operationId: 'exportJournal',
        summary: 'The calls of a session as an HTTP Archive, version 1.2',
        tags,
        querystring: SessionQuery,
        response: { 200: { content: { 'application/json': { schema: HarText } } } },
      },
    },
    async (request, reply) => {
      const { journal, teller } = await readJournal(context, request)
      const entries = journal.list().map((trail) => teller.entry(trail))
      reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="standin.har"')
      return stringifyExact(harOf(entries, originOf(request)))
    },
  )
}
