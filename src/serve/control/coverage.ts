import { Type } from '@sinclair/typebox'
import { negotiate } from '../../respond/accept.js'
import { coverage, Coverage } from '../../steer/journal/coverage.js'
import { coverageText } from '../../steer/journal/coverage-text.js'
import type { ControlApp, ControlContext } from './context.js'
import { journalOf, journalsOf } from './journal-of.js'
import { SessionQuery } from './session-of.js'

const CoverageQuery = Type.Composite(
  [
    SessionQuery,
    Type.Object({ format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('text')])) }),
  ],
  { additionalProperties: false },
)

const TYPES = ['application/json', 'text/plain']

/** The docs against the calls that were made, by all sessions or, where one is named in the query, by it. */
export function coverageRoutes(app: ControlApp, context: ControlContext): void {
  app.get(
    '/coverage',
    {
      schema: {
        operationId: 'getCoverage',
        summary:
          'What of the docs was called, and what was called that is not documented: by all sessions since the start, or by the one that `session` names since its journal was cleared',
        tags: ['Coverage'],
        querystring: CoverageQuery,
        response: {
          200: {
            content: {
              'application/json': { schema: Coverage },
              'text/plain': { schema: Type.String({ description: 'The same as a table.' }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const journals = journalsOf(context)
      const { session, format } = request.query
      const calls = session === undefined ? journals : journalOf(context, request)
      const found = coverage(context.description(), await calls.counted())
      const { accept } = request.headers
      const asText =
        format === 'text' || (format === undefined && accept !== undefined && negotiate(accept, TYPES) === 1)
      if (asText) reply.type('text/plain; charset=utf-8').serializer(coverageText)
      return found
    },
  )
}
