import { Type } from '@sinclair/typebox'
import { ActiveOverride, Override } from '../../steer/override.js'
import type { ControlApp, ControlContext } from './app.js'
import { controlledSession, SessionQuery } from './session-of.js'

/** What calls are answered with in place of the docs, for a session. */
export function overrideRoutes(app: ControlApp, { sessions }: ControlContext): void {
  app.get(
    '/overrides',
    {
      schema: {
        querystring: SessionQuery,
        response: { 200: Type.Object({ overrides: Type.Array(ActiveOverride) }) },
      },
    },
    async (request) => ({ overrides: controlledSession(sessions, request).overrides.list() }),
  )
  app.post(
    '/overrides',
    { schema: { querystring: SessionQuery, body: Override, response: { 201: ActiveOverride } } },
    async (request, reply) => {
      reply.code(201)
      return controlledSession(sessions, request).overrides.add(request.body)
    },
  )
  app.delete('/overrides', { schema: { querystring: SessionQuery } }, async (request, reply) => {
    controlledSession(sessions, request).overrides.clear()
    return reply.code(204).send()
  })
}
