import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { reportOf, type VerifiedInteraction, type VerifyReport } from './report.js'
import { schemaValidator } from './schema-validator.js'
import { curlOf } from './verify/curl.js'
import { Engine } from './verify/engine.js'
import { judge, reported } from './verify/judge.js'
import { type ContractSource, planRun, type PlannedInteraction, writeShard } from './verify/plan.js'
import { providerUrl, reachProvider } from './verify/preflight.js'
import { runAll, shardsOf } from './verify/shards.js'
import { type SetState, type StateHandlers, stateSetter } from './verify/state-handlers.js'
import { StateServer } from './verify/state-server.js'
import { type Exchange, Tap, type TapTarget } from './verify/tap.js'
import { type CameResponse, readRequest } from './verify/wire.js'

export type { ContractSource } from './verify/plan.js'
export type {
  StateContext,
  StateHandler,
  StateHandlers,
  StateParams,
  StateValues,
} from './verify/state-handlers.js'

export interface VerifyOptions {
  readonly providerBaseUrl: string
  /** Handlers by state, a module that has them as its default export, or the URL of a state endpoint in Pact's own format. */
  readonly states?: string | StateHandlers
  /** The folder that a module of handlers is relative to; the working directory by default. */
  readonly cwd?: string
  /** Sent with every request. Their values are not shown in reports. */
  readonly headers?: Readonly<Record<string, string>>
  /** Operations, consumers, provider states or keys; nothing else is verified. */
  readonly only?: readonly string[]
  /** Milliseconds for an answer of the provider; 5,000 by default. */
  readonly timeout?: number
  /** Milliseconds for one provider state; 30,000 by default. */
  readonly stateTimeout?: number
  /** Take certificates that nobody vouches for. */
  readonly insecure?: boolean
  /** How many processes verify at once. By default one where provider states are set up, since one state may undo another. */
  readonly parallel?: number
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  /** Interactions that have begun. */
  readonly begun: number
  readonly total: number
  readonly description: string
}

/** What came for one interaction, for whoever wants to know more than whether it was right. */
export interface Observation {
  readonly planned: PlannedInteraction
  readonly verified: VerifiedInteraction
  readonly response: CameResponse | undefined
}

export interface Verification {
  readonly report: VerifyReport
  readonly observations: readonly Observation[]
}

/**
 * Holds a running provider against contracts: each interaction by Pact's verifier, and what it was
 * answered by the documented schema too, in the same run.
 * @throws STANDIN_ERR_CONTRACT_EMPTY, STANDIN_ERR_PACT_UNREADABLE, STANDIN_ERR_STATES,
 * STANDIN_ERR_PROVIDER_UNREACHABLE, STANDIN_ERR_VERIFIER: then nothing was verified
 */
export async function verifyContracts(
  contracts: readonly ContractSource[],
  options: VerifyOptions,
): Promise<Verification> {
  const { timeout = 5000, only = [], cwd = process.cwd(), states, onProgress } = options
  const plan = planRun(contracts, only)
  const url = providerUrl(options.providerBaseUrl)
  const context = { providerBaseUrl: options.providerBaseUrl.replace(/\/$/, '') }
  const target = { url, insecure: options.insecure === true }
  const folder = await mkdtemp(join(tmpdir(), 'standin-verify-'))
  // It loads while all else is prepared.
  const ready = [new Engine(folder)]
  let begun = 0
  try {
    const setState = states === undefined ? undefined : await stateSetter(states, { cwd, context })
    await reachProvider(target, timeout)
    const run = {
      target,
      setState,
      folder,
      timeout,
      stateTimeout: options.stateTimeout ?? 30_000,
      headers: options.headers ?? {},
      onBegin: ({ description }: PlannedInteraction) =>
        onProgress?.({ begun: ++begun, total: plan.length, description }),
    }
    const parallel = options.parallel ?? (setState ? 1 : Math.min(4, availableParallelism()))
    const tasks = shardsOf(plan).map((shard) => (engine: Engine) => verifyShard(shard, engine, run))
    const open = (): Engine => ready.pop() ?? new Engine(folder)
    const [observations] = await Promise.all([
      runAll(tasks, { atOnce: parallel, open }),
      compileSchemas(plan),
    ])
    const inOrder = observations.flat().toSorted((a, b) => a.planned.index - b.planned.index)
    return { report: reportOf(inOrder.map(({ verified }) => verified)), observations: inOrder }
  } finally {
    await Promise.all(ready.map((engine) => engine.close()))
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Compiles the schemas that responses are checked against, one at a time: while the engine is loading
 * there is nothing else to do, and each takes as long as an interaction.
 */
async function compileSchemas(plan: readonly PlannedInteraction[]): Promise<void> {
  for (const { schema } of plan) {
    await nextTurn()
    if (schema !== undefined) schemaValidator(schema)
  }
}

interface RunOptions {
  readonly target: TapTarget
  readonly setState: SetState | undefined
  readonly folder: string
  readonly timeout: number
  readonly stateTimeout: number
  readonly headers: Readonly<Record<string, string>>
  readonly onBegin: (interaction: PlannedInteraction) => void
}

async function verifyShard(
  interactions: readonly PlannedInteraction[],
  engine: Engine,
  run: RunOptions,
): Promise<Observation[]> {
  const { target, setState, timeout, stateTimeout, headers } = run
  const exchanges = new Map<number, Exchange>()
  const tap = new Tap(target)
  const watchdog = new Watchdog(2 * timeout + 8 * stateTimeout + 60_000)
  const states = new StateServer({
    interactions,
    setState,
    timeout: stateTimeout,
    onBegin: (interaction) => {
      watchdog.feed()
      exchanges.set(interaction.index, tap.begin())
      run.onBegin(interaction)
    },
  })
  const [port, statesUrl] = await Promise.all([tap.listen(), states.listen()])
  const pact = join(run.folder, `${interactions[0]?.index}.json`)
  try {
    await writeFile(pact, writeShard(interactions))
    const verdicts = await engine.verify({
      providerBaseUrl: `http://127.0.0.1:${port}${target.url.pathname.replace(/\/$/, '')}`,
      statesUrl,
      pact,
      // The provider is asked by its own name, though the verifier connects to the tap.
      headers: { Host: target.url.host, ...headers },
      timeout,
      signal: watchdog.signal,
    })
    const hidden = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
    return await Promise.all(
      interactions.map(async (planned) => {
        const { index } = planned
        const exchange = exchanges.get(index)
        const stateFailure = states.failures.get(index)
        const found = await judge({ planned, verdict: verdicts.get(index), exchange, stateFailure, timeout })
        const sent = readRequest(exchange?.request ?? [])
        const curl = sent && curlOf(sent, { origin: target.url.origin, insecure: target.insecure, hidden })
        return { planned, verified: reported(planned, found.failures, curl), response: found.response }
      }),
    )
  } finally {
    watchdog.stop()
    await Promise.all([tap.close(), states.close()])
  }
}

/** Ends a process that has stopped to do anything. Milliseconds. */
class Watchdog {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly signal = this.#controller.signal

  constructor(patience: number) {
    this.#timer = setTimeout(() => this.#controller.abort(`nothing happened for ${patience} ms`), patience)
  }

  feed(): void {
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
