import { readFile } from 'node:fs/promises'
import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import type { ApiDescription } from '../operation/description.js'
import type { Store } from '../store/store.js'
import { packageFile, packageVersion } from '../package.js'
import { REFERENCE_FILES, referencePage } from './reference-page.js'

export interface OwnRouteOptions {
  readonly store: Store | undefined
  readonly docsPath: string | undefined
  readonly openapiPath: string | undefined
  /** Learns which paths are Standin's own. */
  readonly taken: Set<string>
  /** The OpenAPI document as JSON text. */
  readonly document: () => Promise<string>
}

/**
 * The paths at which Standin speaks of itself, each added to `taken`. A documented operation on one of them wins. The
 * reference page and the document always stand under /_standin/ too.
 */
export function addOwnRoutes(
  app: FastifyInstance,
  description: ApiDescription,
  options: OwnRouteOptions,
): void {
  const own = (url: string | undefined, handler: RouteHandlerMethod): void => {
    if (url === undefined || app.hasRoute({ method: 'GET', url })) return
    const method = app.hasRoute({ method: 'HEAD', url }) ? ['GET'] : ['GET', 'HEAD']
    app.route({ method, url, handler })
    options.taken.add(url)
  }
  const started = process.hrtime.bigint()
  own('/_standin/health', async () => ({
    status: 'ok',
    version: packageVersion,
    uptimeSeconds: Number((process.hrtime.bigint() - started) / 1_000_000_000n),
    operations: description.operations.length,
    store: options.store?.location ?? 'stateless',
  }))
  own('/_standin/errors', async (_request, reply) => {
    reply.type('text/markdown; charset=utf-8')
    return readFile(packageFile('docs/errors.md'), 'utf8')
  })

  let document: Promise<string> | undefined
  const sendDocument: RouteHandlerMethod = async (_request, reply) => {
    document ??= options.document()
    reply.type('application/json; charset=utf-8')
    return document
  }
  own('/_standin/openapi.json', sendDocument)
  own(options.openapiPath, sendDocument)

  const sendPage: RouteHandlerMethod = async (_request, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    )
    reply.type('text/html; charset=utf-8')
    return referencePage(description.title)
  }
  own('/_standin/docs', sendPage)
  own(options.docsPath, sendPage)
  for (const [name, { type, read }] of Object.entries(REFERENCE_FILES)) {
    own(`/_standin/docs/${name}`, async (_request, reply) => {
      reply.type(type).header('cache-control', 'no-cache')
      return read()
    })
  }
}
