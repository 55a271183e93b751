import { Type } from '@sinclair/typebox'
import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import { chooseDefault } from '../../respond/choose.js'
import type { Overrides } from '../../steer/overrides.js'
import type { ControlApp, ControlContext } from './context.js'
import { createSampler, Sample } from './sample.js'
import { unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

const ExampleSummary = Type.Object({
  status: Type.String(),
  mediaType: Type.String(),
  name: Type.String(),
  origin: Type.String(),
  source: Type.String({ description: 'file:line' }),
})

const Next = Type.Object(
  {
    override: Type.Union([Type.String(), Type.Null()], {
      description: 'The override that the next call gets, if its condition is met',
    }),
    conditional: Type.Boolean({ description: 'Whether it depends on the request, or on chance' }),
    status: Type.Union([Type.Integer(), Type.Null()], { description: 'Null where the override leaves it' }),
    example: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'NextReply', description: 'What a call gets that keeps to the docs' },
)

const summaryMembers = {
  operationId: Type.String(),
  method: Type.String(),
  path: Type.String(),
  summary: Type.Optional(Type.String()),
  sources: Type.Array(Type.String(), { description: 'file:line of each place that documents it' }),
  statuses: Type.Array(Type.String(), { description: 'Documented: statuses, ranges (4XX) and default' }),
  examples: Type.Array(ExampleSummary),
  next: Next,
}

export const OperationSummary = Type.Object(summaryMembers, { $id: 'OperationSummary' })

const ParameterSummary = Type.Object({
  in: Type.String(),
  name: Type.String(),
  required: Type.Optional(Type.Boolean()),
  description: Type.Optional(Type.String()),
  type: Type.Optional(Type.String({ description: 'As the docs word it' })),
  source: Type.String(),
})

const OperationDetails = Type.Object(
  {
    ...summaryMembers,
    description: Type.Optional(Type.String()),
    parameters: Type.Array(ParameterSummary, {
      description: 'Members of the body too, as a table lists them',
    }),
    sample: Sample,
  },
  { $id: 'OperationDetails' },
)

const tags = ['Operations']

/** What there is to steer. */
export function operationRoutes(app: ControlApp, { description, origin, sessions }: ControlContext): void {
  const sampleOf = createSampler()
  app.get(
    '/operations',
    {
      schema: {
        operationId: 'listOperations',
        summary: 'What the docs describe, and what each would answer next in the session',
        tags,
        querystring: SessionQuery,
        response: { 200: Type.Object({ operations: Type.Array(OperationSummary) }) },
      },
    },
    async (request) => {
      const overrides = await controlledSession(sessions, request).countedOverrides()
      return { operations: description().operations.map((operation) => summaryOf(operation, overrides)) }
    },
  )
  app.get(
    '/operations/:operationId',
    {
      schema: {
        operationId: 'getOperation',
        summary: 'One operation, with a request that can be sent',
        tags,
        params: Type.Object({ operationId: Type.String() }),
        querystring: SessionQuery,
        response: { 200: OperationDetails },
      },
    },
    async (request) => {
      const api = description()
      const { operationId } = request.params
      const found = api.operations.find((one) => one.operationId === operationId)
      if (!found) throw unknownTarget('operation', operationId, namesOf(api))
      const summary = summaryOf(found, await controlledSession(sessions, request).countedOverrides())
      return {
        ...summary,
        ...(found.description !== undefined && { description: found.description }),
        parameters: [...found.parameters, ...(found.requestBody?.parameters ?? [])].map(parameterOf),
        sample: sampleOf(found, api, origin() ?? `http://${request.host}`),
      }
    },
  )
}

const namesOf = ({ operations }: ApiDescription): string[] => operations.map((one) => one.operationId)

const summaryOf = (operation: Operation, overrides: Overrides) => ({
  operationId: operation.operationId,
  method: operation.method,
  path: operation.path,
  ...(operation.summary !== undefined && { summary: operation.summary }),
  sources: operation.sources.map(formatSource),
  statuses: operation.responses.map(({ status }) => status),
  examples: operation.responses.flatMap(({ status, content }) =>
    content.flatMap(({ mediaType, examples }) =>
      examples.map(({ name, origin, source }) => ({
        status,
        mediaType,
        name,
        origin,
        source: formatSource(source),
      })),
    ),
  ),
  next: nextOf(operation, overrides),
})

function nextOf(operation: Operation, overrides: Overrides) {
  const override = overrides.next(operation.operationId)
  const choice = chooseDefault(operation)
  if (!override) {
    return {
      override: null,
      conditional: false,
      status: choice?.status ?? null,
      example: choice?.example?.name ?? null,
    }
  }
  const { id, when, probability, sequence, used, afterSequence } = override
  const at = afterSequence === 'last' ? Math.min(used, (sequence?.length ?? 1) - 1) : used
  const step = sequence ? sequence[at % sequence.length] : override
  return {
    override: id,
    conditional: when !== undefined || (probability ?? 1) < 1,
    status: step?.status ?? null,
    example: step?.example ?? null,
  }
}

const parameterOf = ({
  in: place,
  name,
  required,
  description,
  typeText,
  source,
}: Operation['parameters'][number]) => ({
  in: place,
  name,
  ...(required !== undefined && { required }),
  ...(description !== undefined && { description }),
  ...(typeText !== undefined && { type: typeText }),
  source: formatSource(source),
})
