import { Type } from '@sinclair/typebox'
import type { ControlApp, ControlContext } from './context.js'
import { Likeness, likenessOf, ReplicaSummary } from './replica-list.js'

const Replicas = Type.Composite([Likeness, Type.Object({ replicas: Type.Array(ReplicaSummary) })], {
  $id: 'Replicas',
})

/** The processes that serve together, and whether they serve the same. */
export function replicaRoutes(app: ControlApp, { replicas }: ControlContext): void {
  app.get(
    '/replicas',
    {
      schema: {
        operationId: 'listReplicas',
        summary: 'The processes that share the store, the one that answers first',
        description: 'Where the store is not shared, the one that answers is alone.',
        tags: ['About'],
        response: { 200: Replicas },
      },
    },
    async () => {
      const list = await replicas.list()
      return { ...likenessOf(list), replicas: [...list] }
    },
  )
}
