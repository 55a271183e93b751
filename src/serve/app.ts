import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify'
import type { ApiDescription } from '../operation/description.js'
import { altered } from '../operation/late.js'
import { once } from '../operation/once.js'
import type { Operation } from '../operation/operation.js'
import { PathTree } from '../operation/path-tree.js'
import type { FindBehaviour } from '../respond/behaviour.js'
import { type SharedMembers, sharedMembers } from '../respond/envelope.js'
import { ReplyMaker, type StoredExample } from '../respond/reply.js'
import { Validation } from '../respond/validation.js'
import type { Sessions } from '../steer/sessions.js'
import type { Staging } from '../steer/staging.js'
import { Aside, type AsideOptions } from './aside.js'
import type { Deliveries } from './deliveries.js'
import { keepBodiesRaw } from './bodies.js'
import { allowEveryOrigin } from './cors.js'
import { createNotFound } from './not-found.js'
import { openApiDocument } from './openapi.js'
import { OperationRuntime } from './operation-runtime.js'
import { referenceRoutes } from './reference-routes.js'
import { logReplies } from './request-log.js'
import type { Elsewhere } from './pass-on.js'
import { acceptMethods } from './methods.js'
import type { CallCounts } from './metrics/call-counts.js'
import { observed, type Observer } from './observer.js'
import { addRoutes, type RouteOptions } from './routes.js'

/** The examples that are replayed, by operation, status and key. See the store's Examples. */
export interface ExampleSource {
  get(operationId: string, status: string, key: string): StoredExample | undefined
  onChange(listener: (operationIds: ReadonlySet<string>) => void): void
}

export interface AppOptions {
  /** Told of each call, by whoever records them. */
  readonly observer?: Observer | undefined
  readonly behaviourOf: FindBehaviour
  /** Outlive the app, which is made anew when the docs change. */
  readonly sessions: Sessions
  readonly staging: Staging
  /** Replies that are held back, which whoever closes the server hurries on. */
  readonly deliveries: Deliveries
  /** What was called, for whoever measures. */
  readonly counts: CallCounts
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly examples: ExampleSource | undefined
  readonly logger: FastifyBaseLogger | undefined
  /** Accept any credential that is there, whatever its form. */
  readonly anyToken: boolean
  /** Write identifiers of the path into the example that is chosen. */
  readonly echo: boolean
  /** Make each body anew from its schema, whatever example there is. */
  readonly dynamic: boolean
  /** Leave the examples of replies out of account. */
  readonly ignoreExamples: boolean
  /** Answer 500 where a documented reply breaks its own schema, instead of only saying so. */
  readonly errors: boolean
  /** The same seed makes the same data where there is no example. */
  readonly seed: string
  readonly cors: boolean
  /** Takes what no documented operation does; undefined answers it with a 404. */
  readonly elsewhere: Elsewhere | undefined
  /** Milliseconds before each reply, from a range when the two differ. */
  readonly delay: { readonly min: number; readonly max: number } | undefined
  /** Bytes. */
  readonly bodyLimit: number
  /** Paths of the reference page and of the OpenAPI document; undefined leaves only those under /_standin/. */
  readonly docsPath: string | undefined
  readonly openapiPath: string | undefined
}

const NO_QUERY = {}

/** The whole server for a description, ready to listen or to inject into. It never listens by itself. */
export function createApp(description: ApiDescription, options: AppOptions): FastifyInstance {
  const { logger, sessions, observer } = options
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // One line a request is written when it has been answered, see request-log.ts.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit,
    // Queries are read by the checks, each as its parameters are documented.
    routerOptions: { maxParamLength: 8192, querystringParser: () => NO_QUERY },
    // A GET may have a body here, and Fastify's own HEAD routes would then have one too.
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) => aside.failed(error, request, reply),
  })
  acceptMethods(app, description.operations)
  keepBodiesRaw(app)
  if (options.cors) allowEveryOrigin(app, (request, reply) => aside.preflight(request, reply))
  const runtimes = createRuntimes(description, options)
  const ownPaths = new Set<string>()
  const operationsAt = once(() => treeOf(description.operations))
  const notFound = createNotFound(description, operationsAt, (path) => ownPaths.has(path))
  const operationIdOf: AsideOptions['operationIdOf'] = (method, url) =>
    operationsAt().find(method, url.split('?', 1)[0] ?? url)?.operationId
  const { elsewhere, bodyLimit, counts } = options
  const aside = new Aside({ sessions, notFound, operationIdOf, elsewhere, bodyLimit, observer, counts })
  app.setErrorHandler((error: FastifyError, request, reply) => aside.failed(error, request, reply))
  app.setNotFoundHandler((request, reply) => aside.unknown(request, reply))
  const log = logger && logReplies(app)
  const onReply: RouteOptions['onReply'] =
    observer === undefined
      ? log
      : (request, operationId, reply) => {
          log?.(request, operationId, reply)
          if (observer.active) observer.onCall(observed(request, operationId, reply))
        }
  // Routes come after the plugins whose hooks they need.
  app.register(async (routes) => {
    const { staging, deliveries, now } = options
    addRoutes(routes, runtimes, {
      sessions,
      staging,
      deliveries,
      now,
      delay: delayFrom(options.delay),
      onReply,
      aside,
      counts,
    })
    referenceRoutes(routes, {
      title: () => description.title,
      document: once(() => openApiDocument(description)),
      docsPath: options.docsPath,
      openapiPath: options.openapiPath,
      files: false,
      isDocumented: (method, path) =>
        description.operations.some((one) => one.method === method && one.path === path),
      taken: ownPaths,
    })
  })
  return app
}

/** What operations answer by, whatever serves them. */
export type RuntimeOptions = Pick<
  AppOptions,
  | 'behaviourOf'
  | 'examples'
  | 'anyToken'
  | 'echo'
  | 'dynamic'
  | 'ignoreExamples'
  | 'errors'
  | 'seed'
  | 'logger'
>

export function createRuntimes(description: ApiDescription, options: RuntimeOptions): OperationRuntime[] {
  const { behaviourOf, examples, anyToken, echo, dynamic, errors, seed } = options
  const validation = new Validation(description.documents, (_schema, reason) =>
    options.logger?.warn({ reason }, 'a schema cannot be compiled, so nothing is held against it'),
  )
  const resolve = (id: string) => description.documents[id]
  let shared: SharedMembers | undefined
  const maker = new ReplyMaker({
    shared: () => (shared ??= sharedMembers(description.operations)),
    stored: (operationId, status, key) => examples?.get(operationId, status, key),
    resolve,
    validation,
    seed,
  })
  const parts = { description, maker, anyToken, validation, echo, dynamic, errors, seed }
  const operations = options.ignoreExamples
    ? description.operations.map(withoutReplyExamples)
    : description.operations
  const runtimes = new Map(
    operations.map((operation) => [
      operation.operationId,
      new OperationRuntime(operation, behaviourOf, parts),
    ]),
  )
  examples?.onChange((operationIds) => {
    for (const operationId of operationIds) runtimes.get(operationId)?.refresh()
  })
  return [...runtimes.values()]
}

/** Operations by method and path. */
export function treeOf(operations: readonly Operation[]): PathTree<Operation> {
  const tree = new PathTree<Operation>()
  for (const operation of operations) tree.add(operation.method, operation.path, operation)
  return tree
}

function withoutReplyExamples(operation: Operation): Operation {
  const responses = once(() =>
    operation.responses.map((response) => ({
      ...response,
      content: response.content.map((media) => ({ ...media, examples: [] })),
    })),
  )
  return altered(operation, {
    get responses() {
      return responses()
    },
  })
}

function delayFrom(delay: AppOptions['delay']): (() => number) | undefined {
  if (!delay || delay.max === 0) return undefined
  const { min, max } = delay
  return min === max ? () => min : () => min + Math.random() * (max - min)
}
