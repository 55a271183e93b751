import { Type } from '@sinclair/typebox'
import { SessionName } from '../../steer/session-name.js'
import type { Snapshot, Snapshots } from '../../steer/snapshots.js'
import type { ControlApp, ControlContext } from './context.js'
import { noState, stateOf } from './no-state.js'
import { unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

const SnapshotSummary = Type.Object(
  { name: Type.String(), made: Type.String({ format: 'date-time' }) },
  { $id: 'Snapshot' },
)
const ByName = Type.Object({ name: SessionName })
const tags = ['State']

const summaryOf = ({ name, made }: Snapshot) => ({ name, made: new Date(made).toISOString() })

/** States that are put aside under a name and brought back, in any session. */
export function snapshotRoutes(app: ControlApp, context: ControlContext): void {
  const { sessions } = context
  const snapshots = (): Snapshots => {
    const { snapshots } = context.staging
    if (snapshots) return snapshots
    throw noState()
  }
  const unknown = async (name: string): Promise<Error> =>
    unknownTarget(
      'snapshot',
      name,
      (await snapshots().list()).map((one) => one.name),
    )
  app.get(
    '/snapshots',
    {
      schema: {
        operationId: 'listSnapshots',
        summary: 'The snapshots, which all sessions share',
        tags,
        response: { 200: Type.Object({ snapshots: Type.Array(SnapshotSummary) }) },
      },
    },
    async () => ({ snapshots: (await snapshots().list()).map(summaryOf) }),
  )
  app.put(
    '/snapshots/:name',
    {
      schema: {
        operationId: 'saveSnapshot',
        summary: 'Puts the state of the session aside under a name',
        tags,
        params: ByName,
        querystring: SessionQuery,
        response: { 200: SnapshotSummary },
      },
    },
    async (request) => {
      const session = controlledSession(sessions, request)
      return summaryOf(await snapshots().save(request.params.name, stateOf(session)))
    },
  )
  app.post(
    '/snapshots/:name/restore',
    {
      schema: {
        operationId: 'restoreSnapshot',
        summary: 'Makes the state of the session what the snapshot holds',
        tags,
        params: ByName,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await context.staging.restore(controlledSession(sessions, request), request.params.name)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/snapshots/:name',
    {
      schema: {
        operationId: 'deleteSnapshot',
        summary: 'Forgets a snapshot',
        tags,
        params: ByName,
        response: { 204: Type.Null() },
      },
    },
    async ({ params: { name } }, reply) => {
      if (!(await snapshots().delete(name))) throw await unknown(name)
      return reply.code(204).send(null)
    },
  )
}
