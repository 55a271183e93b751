import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics/metrics.js'
import type { Readiness } from '../readiness.js'

export interface ProbeContext {
  readonly readiness: Readiness
  /** Undefined where nothing is measured. */
  readonly metrics?: Metrics
}

/**
 * What an orchestrator and a scraper ask for. A store that is lost leaves the process ready: all replicas
 * lose it at once, and to take all of them out would also take away the replies that need no state.
 */
export function probeRoutes(app: FastifyInstance, { readiness, metrics }: ProbeContext): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.get('/_standin/live', async () => ({ status: 'live' }))
  app.get('/_standin/ready', async (_request, reply) => {
    const { state } = readiness
    reply.code(state.status === 'draining' ? 503 : 200)
    return state
  })
  if (!metrics) return
  app.get('/_standin/metrics', async ({ headers }, reply) => {
    const { type, text } = await metrics.exposition(headers.accept)
    reply.type(type)
    return text
  })
}
