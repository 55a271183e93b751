import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PathTree } from '../operation/path-tree.js'
import type { Operation } from '../operation/operation.js'
import { type Note, OTHER_PATH } from '../respond/decision.js'

/** Answers a request whose path and query are `url`; the reply then carries `note`. */
export type Handler = (request: FastifyRequest, reply: FastifyReply, url: string, note?: Note) => void

/**
 * One route for all operations, which finds each in a tree of its own: Fastify would compile functions
 * for every one, which takes seconds and a hundred MB where there are ten thousand. GET also answers
 * HEAD, as RFC 9110 section 9.3.2 wants. A path that is documented only with or only without a slash at
 * its end is answered in both forms, and the reply says so.
 */
export function routeOperations(
  app: FastifyInstance,
  operations: Iterable<readonly [Operation, Handler]>,
): void {
  const tree = new PathTree<Handler>()
  const methods = new Set<string>()
  for (const [{ method, path }, handler] of operations) {
    tree.add(method, path, handler)
    methods.add(method)
    if (method === 'GET') methods.add('HEAD')
  }
  if (methods.size === 0) return
  app.route({
    method: [...methods],
    url: '/*',
    handler: (request, reply) => {
      const method = request.raw.method ?? ''
      const url = originForm(request.raw.url ?? '')
      const path = pathOf(url)
      const handle = tree.find(method, path)
      if (handle) return handle(request, reply, url)
      const beside = tree.findBeside(method, path)
      if (beside) return beside.target(request, reply, beside.path + url.slice(path.length), OTHER_PATH)
      reply.callNotFound()
    },
  })
}

/** A client that takes us for a proxy writes the whole address (RFC 9112 section 3.2.2). */
const originForm = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')

const pathOf = (url: string): string => {
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}
