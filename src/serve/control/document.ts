import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { stringifyExact } from '../../operation/json.js'
import { packageVersion } from '../../package.js'
import { Sessions } from '../../steer/sessions.js'
import { Staging } from '../../steer/staging.js'
import { Readiness } from '../readiness.js'
import { type ControlContext, CONTROL_PREFIX, type ControlApp } from './context.js'
import { components, withNames } from './components.js'

let made: Promise<string> | undefined

/**
 * The OpenAPI document of the control API, as JSON text (2 spaces, final line break). Collected by
 * @fastify/swagger from an app that never answers, so that the served one starts without it.
 */
export function collectDocument(routes: Routes): Promise<string> {
  made ??= collect(routes)
  return made
}

/** Adds everything under {@link CONTROL_PREFIX}. */
type Routes = (app: ControlApp, context: ControlContext) => void

async function collect(routes: Routes): Promise<string> {
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify({ logger: false, exposeHeadRoutes: false }).withTypeProvider<TypeBoxTypeProvider>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Standin control API',
        description: 'Steers a stand-in: what it answers, what it remembers, and what it was asked.',
        version: packageVersion,
        license: { name: 'MIT' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'Asked for where other machines can reach it',
          },
        },
      },
      security: [{}, { token: [] }],
    },
    stripBasePath: false,
    convertConstToEnum: false,
    transform: ({ schema, url }) => ({ schema: Object.fromEntries(named(schema)), url }),
    transformObject: (document) => ('openapiObject' in document ? components(document.openapiObject) : {}),
  })
  await app.after()
  app.register(async (control) => routes(control.withTypeProvider<TypeBoxTypeProvider>(), NOTHING), {
    prefix: CONTROL_PREFIX,
  })
  await app.ready()
  const text = `${stringifyExact(app.swagger(), 2)}\n`
  await app.close()
  return text
}

/** Handlers are never called; they only have to be made. */
const NOTHING: ControlContext = {
  description: () => ({ title: '', operations: [], securitySchemes: {}, documents: {}, findings: [] }),
  document: async () => '',
  origin: () => undefined,
  apart: false,
  sessions: new Sessions({ store: undefined, journals: undefined, limit: 0, idle: 0 }),
  staging: new Staging({
    snapshots: undefined,
    scenarios: { list: async () => [], read: async () => undefined },
  }),
  store: undefined,
  record: async () => {},
  journals: undefined,
  issueToken: () => undefined,
  replicas: { shared: false, list: async () => [] },
  operating: { readiness: new Readiness(() => undefined) },
  token: undefined,
}

const named = (schema: object | undefined): [string, unknown][] =>
  Object.entries(schema ?? {}).map(([part, value]) => [part, withNames(value)])
