import type { FastifyBaseLogger } from 'fastify'
import { allInTurn } from './all-in-turn.js'
import type { ApiModule, ApiServices, IssueToken } from './apis/api-module.js'
import { lateExamplesOf } from './operation/examples-file.js'
import { behaviourIn, type FindBehaviour } from './respond/behaviour.js'
import { ResourceBehaviours } from './respond/resource/behaviours.js'
import { type KeptDocuments, withOverlay } from './respond/resource/overlay.js'
import type { ResourceOverrides } from './respond/resource/overrides.js'
import type { GetStored } from './respond/reply.js'
import { Recognition } from './respond/resource/recognise.js'
import { Validation } from './respond/validation.js'
import { type Examples, openExamples } from './store/examples.js'
import { openStore } from './store/open.js'
import type { StandinOptions } from './standin-options.js'
import { isRedis } from './store/redis/location.js'
import type { Shared } from './store/redis/shared.js'
import type { Seed, Store } from './store/store.js'

/** What a stateful stand-in keeps: the state, and the examples beside it. */
export interface Kept {
  readonly store: Store
  readonly examples: Examples
  readonly behaviourOf: FindBehaviour
  /** Undefined where the API has no tokens. */
  readonly issueToken: IssueToken | undefined
  /** What was recognised in the description, or configured, without what the API itself behaves. */
  readonly resources: Pick<Recognition, 'all' | 'steps'>
  readonly documents: () => KeptDocuments
}

export interface KeepOptions {
  /** A folder, `memory`, or the URL of a Redis. */
  readonly store: string
  readonly fsync: boolean
  readonly anyToken: boolean
  readonly now: () => number
  /** The same seed makes the same data and identifiers. */
  readonly seed: string
  /** What a person says of the resources of the description. */
  readonly resources: ResourceOverrides
  readonly logger: FastifyBaseLogger | undefined
}

/** What is kept how, by the library's options. */
export function keepOptions(options: StandinOptions): KeepOptions {
  const { store = 'memory', fsync = false, anyToken = false, now = Date.now, seed = '' } = options
  const { resources = {} } = options
  return { store, fsync, anyToken, now, resources, seed: String(seed), logger: options.logger || undefined }
}

/**
 * Opens the store, on what is shared with other processes where there is such, then the examples under its
 * lock, and gives the API's behaviours what they need of them.
 */
export async function keep(api: ApiModule, options: KeepOptions, shared?: Shared): Promise<Kept> {
  const { store: location, fsync } = options
  const onMessage = messagesTo(options.logger)
  const seed: Seed = async (secret) => (await api.seed?.(services(secret, options))) ?? {}
  const store = await (shared?.openStore(seed) ?? openStore({ location, fsync, onMessage, seed }))
  try {
    const stored = new StoredExamples()
    const kept = behavioursOf(api, store, stored, options)
    const issueToken = issuerOf(api, store, options)
    const examples = await openDocumented(api, options)
    stored.follow(examples)
    return { store, examples, issueToken, ...kept }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The examples and behaviours of an API that has changed, over the same store. */
export async function keepOn({ store, examples }: Kept, api: ApiModule, options: KeepOptions): Promise<Kept> {
  // May throw, and then everything goes on as it was.
  const stored = new StoredExamples()
  const kept = behavioursOf(api, store, stored, options)
  const issueToken = issuerOf(api, store, options)
  // Not both at once: each would take what the other writes for the edits of a person.
  await examples.close()
  try {
    const current = await openDocumented(api, options)
    stored.follow(current)
    return { store, examples: current, issueToken, ...kept }
  } catch (error) {
    examples.watch()
    throw error
  }
}

/** The examples that resources show items of, which are opened only when the behaviours are there. */
class StoredExamples {
  onChange: (operationIds: ReadonlySet<string>) => void = () => {}
  #examples: Examples | undefined

  readonly get: GetStored = (...key) => this.#examples?.get(...key)

  follow(examples: Examples): void {
    this.#examples = examples
    examples.onChange((operationIds) => this.onChange(operationIds))
  }
}

export async function letGo({ examples, store }: Kept): Promise<void> {
  await allInTurn([() => examples.close(), () => store.close()])
}

const services = (secret: ApiServices['secret'], { now, anyToken }: KeepOptions): ApiServices => ({
  secret,
  now,
  anyToken,
})

/** What an API behaves by itself goes before what is recognised in its description. */
function behavioursOf(
  api: ApiModule,
  store: Store,
  stored: StoredExamples,
  options: KeepOptions,
): Pick<Kept, 'behaviourOf' | 'resources' | 'documents'> {
  const { description } = api
  const own = api.behaviours?.(services((name) => store.secret(name), options)) ?? {}
  const resources = new Recognition(description, options.resources, new Set(Object.keys(own)))
  const making = {
    resolve: (id: string) => description.documents[id],
    validation: new Validation(description.documents),
    seed: options.seed,
  }
  const recognised = new ResourceBehaviours(resources, making, options.now, stored.get)
  stored.onChange = (operationIds) => recognised.refresh(operationIds)
  const documents = (): KeptDocuments => recognised.documents
  const ownOf = behaviourIn(own)
  return {
    resources,
    documents,
    behaviourOf: (operation) => {
      const written = ownOf(operation)
      return written ? withOverlay(written, documents) : recognised.find(operation)
    },
  }
}

const issuerOf = (api: ApiModule, store: Store, options: KeepOptions): IssueToken | undefined =>
  api.issueToken?.(services((name) => store.secret(name), options))

/** Beside the state, where that is in files; a Redis keeps state alone, and each process the examples that it read. */
const openDocumented = (api: ApiModule, { store, logger }: KeepOptions): Promise<Examples> =>
  openExamples({
    folder: isRedis(store) ? 'memory' : store,
    documented: lateExamplesOf(api.description.operations),
    onMessage: messagesTo(logger),
  })

const messagesTo = (logger: FastifyBaseLogger | undefined) => (message: string) => logger?.warn(message)
