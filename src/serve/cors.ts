import cors from '@fastify/cors'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { OWN_HEADERS } from './send.js'

const OPTIONS = {
  origin: true,
  credentials: true,
  methods: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'],
  exposedHeaders: [...OWN_HEADERS],
}

/**
 * Lets pages of any origin call the mocked API (https://fetch.spec.whatwg.org/#http-cors-protocol).
 * The plugin's hook is asked only about requests that name an origin: clients outside a browser send
 * none, and it would cost them more than the whole check of their request. They get `Vary` alone, so
 * that no cache hands their reply to a browser.
 */
export function allowEveryOrigin(app: FastifyInstance): void {
  const addHook = (_name: 'onRequest', hook: onRequestHookHandler) =>
    app.addHook('onRequest', function onlyWithOrigin(request, reply, next) {
      if (request.headers.origin !== undefined) return hook.call(this, request, reply, next)
      reply.header('vary', 'Origin')
      return next()
    })
  app.register((instance, _options, done) => {
    cors(Object.create(instance, { addHook: { value: addHook } }), OPTIONS, done)
  })
}
