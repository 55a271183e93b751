import { Type } from '@sinclair/typebox'
import type { Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import type { ControlApp, ControlContext } from './context.js'
import { ControlProblem } from './problems.js'

const ExampleSummary = Type.Object({
  status: Type.String(),
  mediaType: Type.String(),
  name: Type.String(),
  origin: Type.String(),
  /** `file:line`. */
  source: Type.String(),
})

export const OperationSummary = Type.Object(
  {
    operationId: Type.String(),
    method: Type.String(),
    path: Type.String(),
    summary: Type.Optional(Type.String()),
    /** `file:line` of each place that documents it. */
    sources: Type.Array(Type.String()),
    /** Documented statuses, ranges (`4XX`) and `default`. */
    statuses: Type.Array(Type.String()),
    examples: Type.Array(ExampleSummary),
  },
  { $id: 'OperationSummary' },
)

const summaryOf = (operation: Operation) => ({
  operationId: operation.operationId,
  method: operation.method,
  path: operation.path,
  ...(operation.summary !== undefined && { summary: operation.summary }),
  sources: [operation.source].map(formatSource),
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
})

/** What there is to steer. */
export function operationRoutes(app: ControlApp, { description }: ControlContext): void {
  app.get(
    '/operations',
    { schema: { response: { 200: Type.Object({ operations: Type.Array(OperationSummary) }) } } },
    async () => ({ operations: description().operations.map(summaryOf) }),
  )
  app.get(
    '/operations/:operationId',
    {
      schema: {
        params: Type.Object({ operationId: Type.String() }),
        response: { 200: OperationSummary },
      },
    },
    async ({ params }) => {
      const found = description().operations.find(({ operationId }) => operationId === params.operationId)
      if (!found)
        throw new ControlProblem('unknown-control-target', `There is no operation ${params.operationId}`)
      return summaryOf(found)
    },
  )
}
