import { randomUUID } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { SessionName } from '../../steer/session-name.js'
import type { SessionAbout, Sessions } from '../../steer/sessions.js'
import { type ControlApp, type ControlContext, CONTROL_PREFIX } from './context.js'
import { ControlProblem, unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

export const SessionSummary = Type.Object(
  {
    name: Type.String({ description: "'' for the default one" }),
    made: Type.String({ format: 'date-time' }),
    lastUsed: Type.String({ format: 'date-time' }),
    overrides: Type.Integer({ description: 'How many there are' }),
    scenario: Type.Union([Type.String(), Type.Null()], { description: 'The one that is active' }),
    recordPact: Type.Union([Type.String(), Type.Null()], {
      description: 'The consumer for whom its calls are recorded as a contract',
    }),
  },
  { $id: 'SessionSummary' },
)

const NewSession = Type.Object(
  {
    name: Type.Optional(SessionName),
    snapshot: Type.Optional(
      Type.String({ description: 'The snapshot to begin from; the fixtures where it is left out.' }),
    ),
    scenario: Type.Optional(Type.String({ description: 'The scenario to switch on.' })),
    recordPact: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'A consumer: what the session uses becomes the contract with it.',
      }),
    ),
  },
  { additionalProperties: false, $id: 'NewSession' },
)

const ByName = Type.Object({ name: Type.String() })
const tags = ['Sessions']

const summaryOf = ({ name, made, lastUsed, overrides, scenario, consumer }: SessionAbout) => ({
  name,
  made: new Date(made).toISOString(),
  lastUsed: new Date(lastUsed).toISOString(),
  overrides,
  scenario: scenario ?? null,
  recordPact: consumer ?? null,
})

/** Who else is here. */
export function sessionRoutes(app: ControlApp, context: ControlContext): void {
  const { sessions } = context
  app.get(
    '/sessions',
    {
      schema: {
        operationId: 'listSessions',
        summary: 'The sessions that are in use, the default one first',
        tags,
        response: { 200: Type.Object({ sessions: Type.Array(SessionSummary) }) },
      },
    },
    async () => ({ sessions: (await sessions.list()).map(summaryOf) }),
  )
  app.post(
    '/sessions',
    {
      schema: {
        operationId: 'addSession',
        summary: 'Makes a session; one that is only named by a request is made by that',
        tags,
        body: Type.Union([NewSession, Type.Null()]),
        response: { 201: SessionSummary },
      },
    },
    async (request, reply) => {
      const { name = randomUUID(), snapshot, scenario, recordPact } = request.body ?? {}
      const session = await sessions.add(name)
      if (!session) throw new ControlProblem('already-there', `There is a session '${name}' already`)
      if ('code' in session) throw new ControlProblem(session.code, session.detail)
      try {
        if (snapshot !== undefined || scenario !== undefined) {
          await context.staging.begin(session, { snapshot, scenario })
        }
        if (recordPact !== undefined) await context.record(recordPact)
        session.consumer = recordPact
      } catch (error) {
        await sessions.drop(name)
        throw error
      }
      const made = await summary(sessions, name)
      return reply.code(201).header('location', `${CONTROL_PREFIX}/sessions/${name}`).send(made)
    },
  )
  app.get(
    '/sessions/:name',
    {
      schema: {
        operationId: 'getSession',
        summary: 'One session',
        tags,
        params: ByName,
        response: { 200: SessionSummary },
      },
    },
    async ({ params: { name } }) => summary(sessions, name),
  )
  app.delete(
    '/sessions/:name',
    {
      schema: {
        operationId: 'dropSession',
        summary: 'Drops a session with all that it holds',
        tags,
        params: ByName,
        response: { 204: Type.Null() },
      },
    },
    async ({ params: { name } }, reply) => {
      if (!(await sessions.drop(name))) throw await unknown(sessions, name)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/reset',
    {
      schema: {
        operationId: 'resetSession',
        summary: 'Takes everything back: state to the fixtures, no override, no scenario, an empty journal',
        tags,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await controlledSession(sessions, request).reset()
      return reply.code(204).send(null)
    },
  )
}

async function summary(sessions: Sessions, name: string): Promise<ReturnType<typeof summaryOf>> {
  const found = await sessions.find(name)
  if (!found) throw await unknown(sessions, name)
  return summaryOf(found)
}

const unknown = async (sessions: Sessions, name: string): Promise<ControlProblem> =>
  unknownTarget(
    'session',
    name,
    (await sessions.list()).map((one) => one.name),
  )
