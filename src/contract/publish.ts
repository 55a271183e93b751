import { errors } from '../errors.js'
import { type Notice, noticesOf } from './broker-messages.js'
import type { Broker } from './broker.js'
import type { PactSource } from './pact-reader.js'
import { memberOf, parsed } from './value.js'

export interface PublishOptions {
  /** The consumer's version: a commit, usually. */
  readonly version: string
  readonly branch?: string
  readonly tags?: readonly string[]
  readonly buildUrl?: string
  /** What to do where this version has published another contract before: add to it, or refuse. */
  readonly onConflict?: 'merge' | 'refuse'
}

/** Publishes pacts of one consumer or several, each consumer in one request. Gives back what the broker tells people. */
export async function publishContracts(
  broker: Broker,
  pacts: readonly PactSource[],
  options: PublishOptions,
): Promise<Notice[]> {
  const href = (await broker.find('pb:publish-contracts')) ?? `${broker.url}/contracts/publish`
  const byConsumer = new Map<string, ReturnType<typeof contractOf>[]>()
  for (const pact of pacts) {
    const contract = contractOf(pact, options)
    byConsumer.set(contract.consumerName, [...(byConsumer.get(contract.consumerName) ?? []), contract])
  }
  const notices: Notice[] = []
  for (const [consumer, contracts] of byConsumer) {
    const body = {
      pacticipantName: consumer,
      pacticipantVersionNumber: options.version,
      ...(options.branch ? { branch: options.branch } : {}),
      ...(options.tags?.length ? { tags: options.tags } : {}),
      ...(options.buildUrl ? { buildUrl: options.buildUrl } : {}),
      contracts,
    }
    notices.push(...noticesOf(await broker.send('POST', href, body, 'place to publish contracts')))
  }
  return notices
}

function contractOf({ file, text }: PactSource, { onConflict }: PublishOptions) {
  const pact = parsed(text)
  const [consumerName, providerName] = ['consumer', 'provider'].map((party) =>
    memberOf(memberOf(pact, party), 'name'),
  )
  if (typeof consumerName !== 'string' || typeof providerName !== 'string') {
    throw new errors.STANDIN_ERR_PACT_UNREADABLE(file, 'it does not name a consumer and a provider')
  }
  return {
    consumerName,
    providerName,
    specification: 'pact',
    contentType: 'application/json',
    content: Buffer.from(text).toString('base64'),
    ...(onConflict === 'merge' ? { onConflict } : {}),
  }
}
