import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { packageFile, packageVersion } from '../../package.js'
import { referenceRoutes } from '../reference-routes.js'
import type { ControlApp, ControlContext } from './context.js'
import { probeRoutes } from './probes.js'
import { likenessAmong } from './replica-list.js'

export type PublicContext = Pick<ControlContext, 'description' | 'document' | 'store' | 'operating'> & {
  /** Undefined where there are no others. */
  readonly replicas?: ControlContext['replicas']
}

/** What Standin tells everybody: nothing of requests or state. */
export function publicRoutes(app: ControlApp, context: PublicContext): void {
  app.register(async (open) => {
    open.addHook('onRoute', (route) => {
      route.config = { ...route.config, public: true }
    })
    addPublicRoutes(open, context)
  })
}

function addPublicRoutes(app: FastifyInstance, context: PublicContext): void {
  const { description, document, store, operating, replicas } = context
  const started = process.hrtime.bigint()
  app.get('/_standin/health', async () => {
    const trouble = store?.trouble ?? operating.readiness.trouble
    return {
      status: trouble ? 'degraded' : 'ok',
      version: packageVersion,
      uptimeSeconds: Number((process.hrtime.bigint() - started) / 1_000_000_000n),
      operations: description().operations.length,
      store: store?.location ?? 'stateless',
      ...(trouble && { reason: trouble.reason, since: new Date(trouble.since).toISOString() }),
      ...(replicas && (await likenessAmong(replicas))),
    }
  })
  app.register(async (probes) => probeRoutes(probes, operating))
  app.get('/_standin/errors', async (_request, reply) => {
    reply.type('text/markdown; charset=utf-8')
    return readFile(packageFile('docs/errors.md'), 'utf8')
  })
  referenceRoutes(app, {
    title: () => description().title,
    document,
    docsPath: '/_standin/docs',
    openapiPath: '/_standin/openapi.json',
    files: true,
    isDocumented: () => false,
    taken: new Set(),
  })
}
