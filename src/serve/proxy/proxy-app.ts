import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiDescription } from '../../operation/description.js'
import { toRoute } from '../../operation/path.js'
import { Validation } from '../../respond/validation.js'
import { type AppOptions, createRuntimes } from '../app.js'
import { acceptMethods } from '../methods.js'
import { createNotFound } from '../not-found.js'
import { openApiDocument } from '../openapi.js'
import type { ControlApp } from '../control/context.js'
import { publicRoutes } from '../control/public.js'
import { CallCheck } from './call-check.js'
import { logCall } from './call-log.js'
import type { ProxiedCall } from './proxied-call.js'
import { createProxyHandler, type HandlerOptions } from './proxy-handler.js'

export interface ProxyAppOptions
  extends Omit<HandlerOptions, 'notFound'>, Pick<AppOptions, 'anyToken' | 'seed' | 'logger'> {
  readonly onCall: (call: ProxiedCall) => void
}

/**
 * The server that passes requests on: documented ones, which are held against the docs, and all others.
 * Its own pages stand under /_standin/ only, since every other path may be the upstream's.
 */
export function createProxyApp(description: ApiDescription, options: ProxyAppOptions): FastifyInstance {
  const { logger, anyToken, seed } = options
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 8192 },
    exposeHeadRoutes: false,
    // A path that the router cannot read may well mean something to the upstream.
    frameworkErrors: (_error, request, reply) => {
      reply.hijack()
      void answer(request.raw, reply.raw, undefined)
    },
  })
  acceptMethods(app, description.operations)
  const handle = createProxyHandler({
    ...options,
    notFound: createNotFound(description, () => false),
  })
  const answer = async (raw: IncomingMessage, response: ServerResponse, check: CallCheck | undefined) => {
    const began = performance.now()
    await handle(raw, response, check, (call) => {
      options.onCall(call)
      if (logger) logCall(logger, call, performance.now() - began)
    })
  }
  // Before Fastify reads the body: it goes to the upstream as it comes.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done()
    reply.hijack()
    void answer(request.raw, reply.raw, undefined)
  })
  const { documents, operations } = description
  const validation = new Validation(documents)
  const heads = new Set(operations.filter(({ method }) => method === 'HEAD').map(({ path }) => path))
  const runtimes = createRuntimes(description, {
    behaviours: {},
    examples: undefined,
    echo: false,
    errors: false,
    logger,
    anyToken,
    seed,
  })
  app.register(async (routes) => {
    for (const runtime of runtimes) {
      const { method, path } = runtime.operation
      const check = new CallCheck(runtime, { description, validation, limit: options.limit })
      routes.route({
        method: method === 'GET' && !heads.has(path) ? ['GET', 'HEAD'] : method,
        url: toRoute(path),
        onRequest: (request, reply) => {
          reply.hijack()
          void answer(request.raw, reply.raw, check)
        },
        handler: () => undefined,
      })
    }
  })
  return app
}

/** What the proxy tells of itself, under /_standin/: health, errors, and the docs that it holds calls against. */
export function createProxyPages(
  description: ApiDescription,
  logger: FastifyBaseLogger | undefined,
): ControlApp {
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<TypeBoxTypeProvider>()
  let document: Promise<string> | undefined
  publicRoutes(app, {
    description: () => description,
    document: () => (document ??= openApiDocument(description)),
    store: undefined,
  })
  return app
}
