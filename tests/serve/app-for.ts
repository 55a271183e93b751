import type { FastifyInstance } from 'fastify'
import type { ApiDescription } from '../../src/operation/description.js'
import { behaviourIn, type Behaviours } from '../../src/respond/behaviour.js'
import { readSources } from '../../src/parse/source.js'
import { Deliveries } from '../../src/serve/deliveries.js'
import { CallCounts } from '../../src/serve/metrics/call-counts.js'
import { type AppOptions, createApp } from '../../src/serve/app.js'
import { openStore } from '../../src/store/open.js'
import { Staging } from '../../src/steer/staging.js'
import { Sessions } from '../../src/steer/sessions.js'
import type { Scope } from './helper.js'

/** A description from the paths of an OpenAPI document. */
export const describedBy = (paths: object, more: object = {}): ApiDescription =>
  readSources(
    [
      {
        path: 'api.json',
        text: JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths, ...more }),
      },
    ],
    { read: () => undefined },
  )

/** An app for such a description, closed with the test. Stateful, so that behaviours are asked. */
export async function appFor(
  t: Scope,
  paths: object,
  options: Partial<AppOptions> & { readonly behaviours?: Behaviours } = {},
  more: object = {},
): Promise<FastifyInstance> {
  const store = await openStore({ location: 'memory', fsync: false, seed: async () => ({}) })
  const app = createApp(describedBy(paths, more), {
    behaviourOf: behaviourIn(options.behaviours ?? {}),
    staging: new Staging({
      snapshots: undefined,
      scenarios: { list: async () => [], read: async () => undefined },
    }),
    sessions: new Sessions({ store, journals: undefined, limit: 100, idle: 60_000 }),
    deliveries: new Deliveries(),
    counts: new CallCounts(),
    now: Date.now,
    examples: undefined,
    logger: undefined,
    anyToken: false,
    echo: false,
    dynamic: false,
    ignoreExamples: false,
    errors: false,
    seed: '',
    cors: true,
    elsewhere: undefined,
    delay: undefined,
    bodyLimit: 1024 * 1024,
    docsPath: undefined,
    openapiPath: undefined,
    ...options,
  })
  t.teardown(async () => {
    await app.close()
    await store.close()
  })
  return app
}

/** A reply in JSON that shows one example. */
export const showing = (example: unknown, more: object = {}) => ({
  description: 'x',
  content: { 'application/json': { example } },
  ...more,
})
