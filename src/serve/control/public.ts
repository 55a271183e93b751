import { readFile } from 'node:fs/promises'
import { packageFile, packageVersion } from '../../package.js'
import { referenceRoutes } from '../reference-routes.js'
import type { ControlApp, ControlContext } from './app.js'

/** What Standin tells everybody: nothing of requests or state. */
export function publicRoutes(app: ControlApp, { description, document, store }: ControlContext): void {
  const started = process.hrtime.bigint()
  app.get('/_standin/health', async () => ({
    status: 'ok',
    version: packageVersion,
    uptimeSeconds: Number((process.hrtime.bigint() - started) / 1_000_000_000n),
    operations: description().operations.length,
    store: store?.location ?? 'stateless',
  }))
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
    taken: new Set(),
  })
}
