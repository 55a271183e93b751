import cors from '@fastify/cors'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { OWN_HEADERS } from './send.js'

const VARY = 'Origin'

const OPTIONS = {
  origin: true,
  credentials: true,
  methods: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'],
  exposedHeaders: [...OWN_HEADERS],
}

/** OPTIONS that asks about the resource and not about CORS; the plugin takes every OPTIONS for a preflight. */
const isPlainOptions = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] === undefined

const allowed = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': OPTIONS.exposedHeaders.join(', '),
})

/**
 * Lets pages of any origin call the mocked API (https://fetch.spec.whatwg.org/#http-cors-protocol).
 * The plugin's hook is asked only about requests that name an origin: clients outside a browser send
 * none, and it would cost them more than the whole check of their request. They get `Vary` alone, so
 * that no cache hands their reply to a browser: from `send`, or from a hook on what Fastify itself sends.
 *
 * @param onPreflight told of each request by which a browser asks whether a page may call, before it is answered
 */
export function allowEveryOrigin(
  app: FastifyInstance,
  onPreflight: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const addHook = (_name: 'onRequest', hook: onRequestHookHandler) =>
    app.addHook('onRequest', function onlyWithOrigin(request, reply, next) {
      const { origin } = request.headers
      if (origin === undefined) return next()
      if (!isPlainOptions(request)) {
        if (request.method === 'OPTIONS') onPreflight(request, reply)
        return hook.call(this, request, reply, next)
      }
      reply.headers({ vary: VARY, ...allowed(origin) })
      return next()
    })
  app.decorateReply('vary', VARY)
  app.addHook('onSend', (_request, reply, _payload, next) => {
    if (!reply.hasHeader('vary')) reply.header('vary', VARY)
    next()
  })
  app.register((instance, _options, done) => {
    // The hook answers preflights of every path, so that the plugin's own route for OPTIONS is not needed,
    // and documented operations with that method keep theirs.
    const own = { addHook: { value: addHook }, options: { value: () => {} } }
    cors(Object.create(instance, own), OPTIONS, done)
  })
}
