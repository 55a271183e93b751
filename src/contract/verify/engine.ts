import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { VerifierOptions } from '@pact-foundation/pact-core'
import { errors } from '../../errors.js'
import { memberOf } from '../value.js'
import { engineEnvironment } from './engine-environment.js'

const Mismatch = Type.Object({
  type: Type.String(),
  path: Type.Optional(Type.String()),
  /** Of a header. */
  key: Type.Optional(Type.String()),
  mismatch: Type.Optional(Type.String()),
  expected: Type.Optional(Type.Unknown()),
  actual: Type.Optional(Type.Unknown()),
})
export type Mismatch = Static<typeof Mismatch>

/** The part of the verifier's result that is read here. */
const EngineResult = Type.Object({
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        interaction: Type.String(),
        mismatch: Type.Object({
          message: Type.Optional(Type.String()),
          mismatches: Type.Optional(Type.Array(Mismatch)),
        }),
      }),
    ),
  ),
  interactionResults: Type.Optional(
    Type.Array(Type.Object({ interactionKey: Type.Optional(Type.String()), description: Type.String() })),
  ),
})

/** What the verifier says of one interaction; no mismatches and no message is a pass. */
export interface Verdict {
  readonly mismatches: readonly Mismatch[]
  readonly message: string | undefined
}

export interface EngineOptions {
  readonly providerBaseUrl: string
  readonly statesUrl: string
  /** The file of the shard. */
  readonly pact: string
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds for one request. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/**
 * Pact's verifier in a process of its own, which verifies one shard after the other: to start it and
 * load the native part takes as long as a shard does.
 */
export class Engine {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  #words = ''
  #failure: string | undefined

  /** @param folder where files may be left that the process needs */
  constructor(folder: string) {
    const script = fileURLToPath(new URL('engine-child.js', import.meta.url))
    // Its standard output is not ours: the native part prints there.
    this.#child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: engineEnvironment(folder, process.env),
    })
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#words = (this.#words + chunk.toString()).slice(-2000)
    })
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve())
      this.#child.on('error', (error) => {
        this.#failure ??= error.message
        // One that never started does not close.
        if (this.#child.pid === undefined) resolve()
      })
    })
  }

  /** Of the process; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid
  }

  /**
   * Verifies one shard and gives the verdicts by the numbers of its interactions. One at a time.
   * @throws STANDIN_ERR_VERIFIER where the process ends without a result
   */
  async verify(options: EngineOptions): Promise<Map<number, Verdict>> {
    const { providerBaseUrl, statesUrl, pact, headers, timeout, signal } = options
    const reply = await this.#ask(
      {
        providerBaseUrl,
        pactUrls: [pact],
        logLevel: 'error',
        timeout,
        providerStatesSetupUrl: statesUrl,
        providerStatesSetupBody: true,
        providerStatesSetupTeardown: false,
        customProviderHeaders: headers,
      },
      signal,
    )
    return verdictsOf(reply)
  }

  /** Ends the process; resolves when it is gone. */
  async close(): Promise<void> {
    // Nothing of it is kept. (Once we disconnect from it, node does not tell its end.)
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  async #ask(options: VerifierOptions, signal: AbortSignal): Promise<unknown> {
    const stop = (): void => void this.#child.kill('SIGKILL')
    signal.addEventListener('abort', stop)
    const replied = new AbortController()
    try {
      const reply = once(this.#child, 'message', { signal: replied.signal })
      // A process that is gone already says so by its end.
      this.#child.send(options, () => undefined)
      const message = await Promise.race([reply, this.#ended.then(() => undefined)])
      if (message !== undefined) return message[0]
      throw new errors.STANDIN_ERR_VERIFIER(signal.aborted ? String(signal.reason) : this.#end())
    } finally {
      signal.removeEventListener('abort', stop)
      replied.abort()
    }
  }

  /** How the process ended. */
  #end(): string {
    if (this.#failure !== undefined) return this.#failure
    const { signalCode, exitCode } = this.#child
    const last = this.#words.trim().split('\n').at(-1)
    return `its process ended (${signalCode ?? `exit code ${exitCode}`})${last ? `: ${last}` : ''}`
  }
}

function verdictsOf(reply: unknown): Map<number, Verdict> {
  const text = memberOf(reply, 'result')
  if (typeof text !== 'string') throw new errors.STANDIN_ERR_VERIFIER(String(memberOf(reply, 'problem')))
  const result: unknown = JSON.parse(text)
  if (!Value.Check(EngineResult, result))
    throw new errors.STANDIN_ERR_VERIFIER('its result has a form that is not known')
  const verdicts = new Map<number, Verdict>()
  for (const { interactionKey, description } of result.interactionResults ?? [])
    verdicts.set(Number(interactionKey ?? description), { mismatches: [], message: undefined })
  for (const { interaction, mismatch } of result.errors ?? []) {
    // `Verifying a pact between ... Given ... - 12`
    const number = Number(/(\d+)$/.exec(interaction)?.[1])
    if (Number.isNaN(number)) throw new errors.STANDIN_ERR_VERIFIER(mismatch.message ?? interaction)
    verdicts.set(number, { mismatches: mismatch.mismatches ?? [], message: mismatch.message ?? undefined })
  }
  return verdicts
}
