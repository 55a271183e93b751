import { errors } from '../errors.js'
import { type Notice, noticesOf } from './broker-messages.js'
import type { Broker } from './broker.js'
import { embeddedOf, hrefOf } from './hal.js'
import type { VerifyReport } from './report.js'
import { memberOf } from './value.js'

export interface SelectionOptions {
  readonly provider: string
  /** Which consumer versions: `{ mainBranch: true }`, `{ deployedOrReleased: true }`, ... */
  readonly selectors: readonly Readonly<Record<string, unknown>>[]
  readonly providerBranch?: string
  /** New pacts may fail without failing the build. */
  readonly pending?: boolean
  /** Pacts of branches that nobody selected, from this day on (ISO 8601). */
  readonly includeWipPactsSince?: string
}

/** A pact that the broker wants verified. */
export interface SelectedPact {
  readonly url: string
  readonly text: string
  readonly pending: boolean
  readonly notices: readonly Notice[]
  /** Where its result is published; absent where this broker takes none. */
  readonly resultsUrl: string | undefined
}

/** The pacts for a provider, as the selectors say. */
export async function selectPacts(broker: Broker, options: SelectionOptions): Promise<SelectedPact[]> {
  const { provider, selectors, providerBranch, pending, includeWipPactsSince } = options
  const href =
    (await broker.find('pb:provider-pacts-for-verification', { provider })) ??
    `${broker.url}/pacts/provider/${encodeURIComponent(provider)}/for-verification`
  const body = {
    consumerVersionSelectors: selectors,
    ...(providerBranch ? { providerVersionBranch: providerBranch } : {}),
    includePendingStatus: pending === true,
    ...(includeWipPactsSince ? { includeWipPactsSince } : {}),
  }
  const answer = await broker.send('POST', href, body, `provider ${provider}`)
  const selected: SelectedPact[] = []
  for (const entry of embeddedOf(answer, 'pacts')) {
    const url = hrefOf(entry, 'self')
    if (url === undefined)
      throw new errors.STANDIN_ERR_BROKER_REPLY(broker.url, 'a pact in its list has no link')
    const properties = memberOf(entry, 'verificationProperties')
    selected.push({
      ...(await readBrokerPact(broker, url)),
      pending: memberOf(properties, 'pending') === true,
      notices: noticesOf(properties),
    })
  }
  return selected
}

/** One pact by its address, as a webhook hands it over. */
export async function readBrokerPact(broker: Broker, url: string): Promise<SelectedPact> {
  const text = await broker.read(url, `pact at ${url}`)
  return {
    url,
    text,
    pending: false,
    notices: [],
    resultsUrl: hrefOf(JSON.parse(text), 'pb:publish-verification-results'),
  }
}

export interface VerificationResult {
  readonly success: boolean
  readonly provider: string
  readonly providerVersion: string
  readonly providerBranch?: string
  readonly buildUrl?: string
  /** Anything that helps to understand the result; the broker shows it. */
  readonly testResults?: unknown
  readonly verifiedBy: { readonly implementation: string; readonly version: string }
}

/** What a report says of one pact, for `publishResult`. A pact of which nothing was verified has not succeeded. */
export function resultOf(
  pact: Pick<SelectedPact, 'url'>,
  { interactions }: VerifyReport,
): Pick<VerificationResult, 'success' | 'testResults'> {
  const own = interactions.filter((one) => one.pact === pact.url)
  const testResults = own.map(({ key, description, status, failures }) => ({
    key,
    description,
    status,
    failures,
  }))
  return { success: own.length > 0 && own.every(({ status }) => status === 'passed'), testResults }
}

/** Publishes the result for a pact. The branch is set first, since results count for the branches of their version. */
export async function publishResult(
  broker: Broker,
  pact: SelectedPact,
  result: VerificationResult,
): Promise<void> {
  const { success, provider, providerVersion, providerBranch, buildUrl, testResults, verifiedBy } = result
  if (pact.resultsUrl === undefined) {
    throw new errors.STANDIN_ERR_BROKER_REPLY(
      broker.url,
      `the pact ${pact.url} has no link to publish results to`,
    )
  }
  if (providerBranch) {
    const values = { pacticipant: provider, branch: providerBranch, version: providerVersion }
    const [name, branch, version] = [provider, providerBranch, providerVersion].map(encodeURIComponent)
    const href =
      (await broker.find('pb:pacticipant-branch-version', values)) ??
      `${broker.url}/pacticipants/${name}/branches/${branch}/versions/${version}`
    await broker.send('PUT', href, {}, `branch ${providerBranch} of ${provider}`)
  }
  const body = {
    success,
    providerApplicationVersion: providerVersion,
    ...(buildUrl ? { buildUrl } : {}),
    ...(testResults === undefined ? {} : { testResults }),
    verifiedBy,
  }
  await broker.send('POST', pact.resultsUrl, body, 'place to publish results')
}
