import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiDescription } from '../../operation/description.js'
import { PathTree } from '../../operation/path-tree.js'
import { Validation } from '../../respond/validation.js'
import { type AppOptions, createRuntimes, treeOf } from '../app.js'
import { createNotFound } from '../not-found.js'
import { openApiDocument } from '../openapi.js'
import type { ControlApp } from '../control/context.js'
import { answerUnreadable } from '../control/problems.js'
import { publicRoutes } from '../control/public.js'
import type { Readiness } from '../readiness.js'
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
  const { documents, operations } = description
  const validation = new Validation(documents)
  const checks = new PathTree<CallCheck>()
  const runtimes = createRuntimes(description, {
    behaviourOf: () => undefined,
    examples: undefined,
    echo: false,
    dynamic: false,
    ignoreExamples: false,
    errors: false,
    logger,
    anyToken,
    seed,
  })
  for (const runtime of runtimes) {
    const { method, path } = runtime.operation
    checks.add(method, path, new CallCheck(runtime, { description, validation, limit: options.limit }))
  }
  let documented: ReturnType<typeof treeOf> | undefined
  const handle = createProxyHandler({
    ...options,
    notFound: createNotFound(
      description,
      () => (documented ??= treeOf(operations)),
      () => false,
    ),
  })
  const answer = async (raw: IncomingMessage, response: ServerResponse, check: CallCheck | undefined) => {
    const began = performance.now()
    await handle(raw, response, check, (call) => {
      options.onCall(call)
      if (logger) logCall(logger, call, performance.now() - began)
    })
  }
  const checkFor = (raw: IncomingMessage): CallCheck | undefined => {
    const [method, path] = [raw.method ?? '', pathOf(raw)]
    const check = checks.find(method, path)
    if (check) return check
    const beside = checks.findBeside(method, path)
    return beside?.target.insteadOf(beside.path)
  }
  // Before Fastify reads the body, which goes to the upstream as it comes; it has no routes to match.
  app.addHook('onRequest', (request, reply) => {
    reply.hijack()
    void answer(request.raw, reply.raw, checkFor(request.raw))
  })
  return app
}

/** A client that takes us for a proxy of its own writes the whole address (RFC 9112 section 3.2.2). */
const pathOf = ({ url = '' }: IncomingMessage): string =>
  url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('?', 1)[0] ?? ''

/** What the proxy tells of itself, under /_standin/: health, errors, and the docs that it holds calls against. */
export function createProxyPages(
  description: () => ApiDescription,
  logger: FastifyBaseLogger | undefined,
  readiness: Readiness,
): ControlApp {
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    // They take no bodies, so the limit of them is never told.
    frameworkErrors: answerUnreadable(0),
  }).withTypeProvider<TypeBoxTypeProvider>()
  const documents = new WeakMap<ApiDescription, Promise<string>>()
  const document = (): Promise<string> => {
    const current = description()
    const made = documents.get(current) ?? openApiDocument(current)
    documents.set(current, made)
    return made
  }
  publicRoutes(app, {
    description,
    document,
    store: undefined,
    operating: { readiness },
  })
  return app
}
