import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { REFERENCE_FILES, referencePage } from './reference-page.js'

export interface ReferenceOptions {
  readonly title: () => string
  /** The OpenAPI document as JSON text. */
  readonly document: () => Promise<string>
  /** Undefined leaves the page or the document out. */
  readonly docsPath: string | undefined
  readonly openapiPath: string | undefined
  /** Where the files of the page are. */
  readonly files: boolean
  /** Whether the docs have an operation on a path, which then wins. */
  readonly isDocumented: (method: string, path: string) => boolean
  /** Learns which paths are Standin's own. */
  readonly taken: Set<string>
}

/** The reference page and the OpenAPI document of the mocked API. A documented operation on one of their paths wins. */
export function referenceRoutes(app: FastifyInstance, options: ReferenceOptions): void {
  const own = (url: string | undefined, handler: RouteHandlerMethod): void => {
    if (url === undefined || options.isDocumented('GET', url) || app.hasRoute({ method: 'GET', url })) return
    const method = options.isDocumented('HEAD', url) ? ['GET'] : ['GET', 'HEAD']
    app.route({ method, url, handler })
    options.taken.add(url)
  }
  own(options.openapiPath, async (_request, reply) => {
    reply.type('application/json; charset=utf-8')
    return options.document()
  })
  own(options.docsPath, async (_request, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    )
    reply.type('text/html; charset=utf-8')
    return referencePage(options.title())
  })
  if (!options.files) return
  for (const [name, { type, read }] of Object.entries(REFERENCE_FILES)) {
    own(`/_standin/docs/${name}`, async (_request, reply) => {
      reply.type(type).header('cache-control', 'no-cache')
      return read()
    })
  }
}
