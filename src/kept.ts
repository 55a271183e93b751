import type { FastifyBaseLogger } from 'fastify'
import type { ApiModule, ApiServices, IssueToken } from './apis/api-module.js'
import { examplesOf } from './operation/examples-file.js'
import type { Behaviours } from './respond/behaviour.js'
import { type Examples, openExamples } from './store/examples.js'
import { openStore } from './store/open.js'
import type { Store } from './store/store.js'

/** What a stateful stand-in keeps: the state, and the examples beside it. */
export interface Kept {
  readonly store: Store
  readonly examples: Examples
  readonly behaviours: Behaviours
  /** Undefined where the API has no tokens. */
  readonly issueToken: IssueToken | undefined
}

export interface KeepOptions {
  /** A folder or `memory`. */
  readonly store: string
  readonly fsync: boolean
  readonly anyToken: boolean
  readonly now: () => number
  readonly logger: FastifyBaseLogger | undefined
}

/** Opens the store, then the examples under its lock, and gives the API's behaviours what they need of them. */
export async function keep(api: ApiModule, options: KeepOptions): Promise<Kept> {
  const { store: folder, fsync } = options
  const onMessage = messagesTo(options.logger)
  const store = await openStore({
    location: folder,
    fsync,
    onMessage,
    seed: async (secret) => (await api.seed?.(services(secret, options))) ?? {},
  })
  const examples = await openDocumented(api, options)
  return {
    store,
    examples,
    behaviours: behavioursOf(api, store, options),
    issueToken: issuerOf(api, store, options),
  }
}

/** The examples and behaviours of an API that has changed, over the same store. */
export async function keepOn({ store, examples }: Kept, api: ApiModule, options: KeepOptions): Promise<Kept> {
  // May throw, and then everything goes on as it was.
  const behaviours = behavioursOf(api, store, options)
  await examples.close()
  const issueToken = issuerOf(api, store, options)
  return { store, examples: await openDocumented(api, options), behaviours, issueToken }
}

export async function letGo({ examples, store }: Kept): Promise<void> {
  await examples.close()
  await store.close()
}

const services = (secret: ApiServices['secret'], { now, anyToken }: KeepOptions): ApiServices => ({
  secret,
  now,
  anyToken,
})

const behavioursOf = (api: ApiModule, store: Store, options: KeepOptions): Behaviours =>
  api.behaviours?.(services((name) => store.secret(name), options)) ?? {}

const issuerOf = (api: ApiModule, store: Store, options: KeepOptions): IssueToken | undefined =>
  api.issueToken?.(services((name) => store.secret(name), options))

const openDocumented = (api: ApiModule, { store: folder, logger }: KeepOptions): Promise<Examples> =>
  openExamples({
    folder,
    documented: examplesOf(api.description.operations),
    onMessage: messagesTo(logger),
  })

const messagesTo = (logger: FastifyBaseLogger | undefined) => (message: string) => logger?.warn(message)
