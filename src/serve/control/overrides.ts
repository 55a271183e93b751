import { Type } from '@sinclair/typebox'
import { ActiveOverride, Override, OverrideId } from '../../steer/override.js'
import { checkOverride } from '../../steer/check-override.js'
import { type PreparedOverride, prepareOverride } from '../../steer/prepared-override.js'
import { withDigits } from '../../steer/override-digits.js'
import { type ControlApp, type ControlContext, CONTROL_PREFIX } from './context.js'
import { exactBody } from './bodies.js'
import { unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

type Prepare = (body: Override, more?: Pick<Override, 'id'>) => Promise<PreparedOverride>

const Id = Type.Object({ id: Type.String() })
const NewId = Type.Object({ id: OverrideId })
const tags = ['Overrides']

/** What calls are answered with in place of the docs, for a session. */
export function overrideRoutes(app: ControlApp, { sessions, description }: ControlContext): void {
  const prepare: Prepare = (body, more = {}) => {
    const override = { ...withDigits(body, exactBody(body)), ...more }
    checkOverride(override, description().operations)
    return prepareOverride(override)
  }

  app.get(
    '/overrides',
    {
      schema: {
        operationId: 'listOverrides',
        summary: 'The overrides of a session, the newest first',
        tags,
        querystring: SessionQuery,
        response: { 200: Type.Object({ overrides: Type.Array(ActiveOverride) }) },
      },
    },
    async (request) => {
      const overrides = await controlledSession(sessions, request).countedOverrides()
      return { overrides: overrides.list() }
    },
  )
  app.post(
    '/overrides',
    {
      schema: {
        operationId: 'addOverride',
        summary: 'Adds an override, which goes before those that are there',
        tags,
        querystring: SessionQuery,
        body: Override,
        response: { 201: ActiveOverride },
      },
    },
    async (request, reply) => {
      const session = controlledSession(sessions, request)
      const prepared = await prepare(request.body)
      const added = await session.steer((overrides) => overrides.add(prepared))
      return reply.code(201).header('location', `${CONTROL_PREFIX}/overrides/${added.id}`).send(added)
    },
  )
  app.delete(
    '/overrides',
    {
      schema: {
        operationId: 'clearOverrides',
        summary: 'Removes all overrides, those of a scenario too',
        tags,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await controlledSession(sessions, request).steer((overrides) => overrides.clear())
      return reply.code(204).send(null)
    },
  )
  oneOverride(app, sessions, prepare)
}

function oneOverride(app: ControlApp, sessions: ControlContext['sessions'], prepare: Prepare): void {
  app.get(
    '/overrides/:id',
    {
      schema: {
        operationId: 'getOverride',
        summary: 'One override, with how often it was used',
        tags,
        params: Id,
        querystring: SessionQuery,
        response: { 200: ActiveOverride },
      },
    },
    async (request) => {
      const overrides = await controlledSession(sessions, request).countedOverrides()
      const found = overrides.get(request.params.id)
      if (!found) throw unknown(request.params.id, overrides.list())
      return found
    },
  )
  app.put(
    '/overrides/:id',
    {
      schema: {
        operationId: 'putOverride',
        summary: 'Adds an override, or replaces the one of this id; it counts from nothing again',
        tags,
        params: NewId,
        querystring: SessionQuery,
        body: Override,
        response: { 200: ActiveOverride },
      },
    },
    async (request) => {
      const session = controlledSession(sessions, request)
      const { id } = request.params
      const prepared = await prepare(request.body, { id })
      return session.steer((overrides) => overrides.put(id, prepared))
    },
  )
  app.delete(
    '/overrides/:id',
    {
      schema: {
        operationId: 'deleteOverride',
        summary: 'Removes an override',
        tags,
        params: Id,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await controlledSession(sessions, request).steer((overrides) => {
        if (!overrides.delete(id)) throw unknown(id, overrides.list())
      })
      return reply.code(204).send(null)
    },
  )
}

const unknown = (id: string, all: readonly ActiveOverride[]): Error =>
  unknownTarget(
    'override',
    id,
    all.map((one) => one.id),
  )
