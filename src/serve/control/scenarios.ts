import { Type } from '@sinclair/typebox'
import { saidOf } from '../../steer/refused.js'
import type { BrokenScenario, LoadedScenario } from '../../steer/scenario.js'
import type { ControlApp, ControlContext } from './context.js'
import { unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

const ScenarioSummary = Type.Object(
  {
    name: Type.String(),
    file: Type.String(),
    description: Type.Optional(Type.String()),
    overrides: Type.Optional(Type.Integer({ description: 'How many it sets' })),
    state: Type.Optional(Type.Boolean({ description: 'Whether it sets the state' })),
    problem: Type.Optional(Type.String({ description: 'Why it cannot be used, with file:line' })),
  },
  { $id: 'ScenarioSummary' },
)
const Active = Type.Object({
  scenario: Type.Union([Type.String(), Type.Null()], { description: 'The active one of the session' }),
})
const tags = ['Scenarios']

function summaryOf(one: LoadedScenario | BrokenScenario) {
  const { name, file } = one
  if ('problem' in one) return { name, file, problem: one.problem }
  const { description, overrides, snapshot, state } = one
  return {
    name,
    file,
    ...(description !== undefined && { description }),
    overrides: overrides.length,
    state: state !== undefined || snapshot !== undefined,
  }
}

/** Named sets of overrides and state, from files. */
export function scenarioRoutes(app: ControlApp, { sessions, staging }: ControlContext): void {
  app.get(
    '/scenarios',
    {
      schema: {
        operationId: 'listScenarios',
        summary: 'The scenarios that there are files of, read anew',
        tags,
        response: { 200: Type.Object({ scenarios: Type.Array(ScenarioSummary) }) },
      },
    },
    async () => ({ scenarios: (await staging.scenarios.list()).map(summaryOf) }),
  )
  app.get(
    '/scenarios/:name',
    {
      schema: {
        operationId: 'getScenario',
        summary: 'One scenario',
        tags,
        params: Type.Object({ name: Type.String() }),
        response: { 200: ScenarioSummary },
      },
    },
    async ({ params: { name } }) => {
      const all = await staging.scenarios.list()
      const found = all.find((one) => one.name === name)
      if (found) return summaryOf(found)
      throw unknownTarget(
        'scenario',
        name,
        all.map((one) => one.name),
      )
    },
  )
  app.get(
    '/scenario',
    {
      schema: {
        operationId: 'getActiveScenario',
        summary: 'The scenario that is active in the session',
        tags,
        querystring: SessionQuery,
        response: { 200: Active },
      },
    },
    async (request) => ({ scenario: controlledSession(sessions, request).scenario ?? null }),
  )
  app.put(
    '/scenario',
    {
      schema: {
        operationId: 'switchScenario',
        summary: 'Switches a scenario on: state and overrides at once',
        tags,
        querystring: SessionQuery,
        body: Type.Object({ name: Type.String() }, { additionalProperties: false }),
        response: { 200: ScenarioSummary },
      },
    },
    async (request) => {
      const session = controlledSession(sessions, request)
      return summaryOf(await saidOf('/name', () => staging.switchTo(session, request.body.name)))
    },
  )
  app.delete(
    '/scenario',
    {
      schema: {
        operationId: 'leaveScenario',
        summary: 'Takes the overrides of the active scenario away; the state stays',
        tags,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await staging.leave(controlledSession(sessions, request))
      return reply.code(204).send(null)
    },
  )
}
