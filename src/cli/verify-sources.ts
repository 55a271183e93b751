import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { publishResult, readBrokerPact, resultOf, selectPacts } from '../contract/broker-verification.js'
import { readPactFiles } from '../contract/pact-files.js'
import type { VerifyReport } from '../contract/report.js'
import type { ContractSource } from '../contract/verify.js'
import { errors } from '../errors.js'
import { isObject } from '../operation/json-object.js'
import { packageVersion } from '../package.js'
import { brokerFor, buildFor, noticeLines } from './broker.js'
import type { Options } from './options.js'
import type { Terminal } from './terminal.js'

/** What is verified, and what becomes of the results. */
export interface Contracts {
  readonly contracts: readonly ContractSource[]
  /** Absent where results are not published. */
  readonly publish?: (report: VerifyReport) => Promise<void>
}

/** Where `standin contract` writes to. */
const FOLDER = 'contracts'

/** Pacts of `--contract`, else of a broker, else of the folder where `standin contract` writes them. */
export async function contractsFor(options: Options, terminal: Terminal): Promise<Contracts> {
  const { contract, pactUrl, brokerBaseUrl, publish, only } = options
  if (publish && only !== undefined) {
    // The broker would take a part of a pact for all of it.
    throw new errors.STANDIN_ERR_USAGE('--publish goes without --only: a result is of a whole pact.')
  }
  if (contract !== undefined) {
    if (publish)
      throw new errors.STANDIN_ERR_USAGE('--publish goes with pacts of a broker, not with --contract.')
    return { contracts: await readPactFiles(contract, terminal.cwd) }
  }
  if (pactUrl !== undefined || brokerBaseUrl !== undefined || terminal.env['PACT_BROKER_BASE_URL'])
    return fromBroker(options, terminal)
  if (publish) {
    throw new errors.STANDIN_ERR_USAGE(
      '--publish needs the broker that the pacts come from: --broker-base-url URL with --provider NAME.',
    )
  }
  if (!existsSync(resolve(terminal.cwd, FOLDER))) {
    throw new errors.STANDIN_ERR_USAGE(
      'standin verify needs contracts: --contract FILE or DIR, or --broker-base-url URL with --provider NAME.',
    )
  }
  return { contracts: await readPactFiles([FOLDER], terminal.cwd) }
}

async function fromBroker(options: Options, terminal: Terminal): Promise<Contracts> {
  const { provider, pactUrl, publish, enablePending, includeWipPactsSince } = options
  if (provider === undefined)
    throw new errors.STANDIN_ERR_USAGE('standin verify with a broker needs --provider NAME.')
  // A version that nothing tells is an error before the run, not after it.
  const build = publish ? buildFor(options, terminal) : undefined
  const [address] = pactUrl ?? []
  const broker = brokerFor(
    address !== undefined && options.brokerBaseUrl === undefined && !terminal.env['PACT_BROKER_BASE_URL']
      ? { ...options, brokerBaseUrl: new URL(address).origin }
      : options,
    terminal,
  )
  const selected = pactUrl
    ? await Promise.all(pactUrl.map((url) => readBrokerPact(broker, url)))
    : await selectPacts(broker, {
        provider,
        selectors: selectorsOf(options.selector),
        pending: enablePending,
        ...(options.branch === undefined ? {} : { providerBranch: options.branch }),
        ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
      })
  if (selected.length === 0) {
    throw new errors.STANDIN_ERR_CONTRACT_EMPTY(
      `The broker has no pact for ${provider} that the selectors choose, so nothing would be verified.`,
    )
  }
  for (const { notices } of selected)
    for (const line of noticeLines(notices)) terminal.stderr.write(`${line}\n`)
  const contracts = selected.map(({ url, text, pending }) => ({ file: url, text, pending }))
  if (!build) return { contracts }
  const result = {
    provider,
    providerVersion: build.version,
    ...(build.branch === undefined ? {} : { providerBranch: build.branch }),
    ...(build.buildUrl === undefined ? {} : { buildUrl: build.buildUrl }),
    verifiedBy: { implementation: 'standin', version: packageVersion },
  }
  return {
    contracts,
    publish: async (report) => {
      for (const pact of selected) await publishResult(broker, pact, { ...result, ...resultOf(pact, report) })
      terminal.stderr.write(
        `Published the results of ${selected.length} pacts as ${provider} ${build.version}.\n`,
      )
    },
  }
}

/** Without selectors what matters most: main branches, and whatever is deployed or released. */
function selectorsOf(texts: readonly string[] | undefined): Record<string, unknown>[] {
  if (texts === undefined) return [{ mainBranch: true }, { deployedOrReleased: true }]
  return texts.map((text) => {
    try {
      const value: unknown = JSON.parse(text)
      if (isObject(value)) return value
    } catch {
      // Told below, with what else can be wrong.
    }
    throw new errors.STANDIN_ERR_USAGE(
      `--selector: expected a JSON object such as {"mainBranch":true}, got ${JSON.stringify(text)}`,
    )
  })
}
