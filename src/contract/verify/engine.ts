import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { VerifierOptions } from '@pact-foundation/pact-core'
import { errors } from '../../errors.js'
import { memberOf } from '../value.js'

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
 * Verifies one shard in a process of its own, and gives the verdicts by the numbers of its interactions.
 * @throws STANDIN_ERR_VERIFIER where the process ends without a result
 */
export async function runEngine(options: EngineOptions): Promise<Map<number, Verdict>> {
  const { providerBaseUrl, statesUrl, pact, headers, timeout, signal } = options
  const verifierOptions: VerifierOptions = {
    providerBaseUrl,
    pactUrls: [pact],
    logLevel: 'error',
    timeout,
    providerStatesSetupUrl: statesUrl,
    providerStatesSetupBody: true,
    providerStatesSetupTeardown: false,
    customProviderHeaders: headers,
  }
  const reply = await ask(verifierOptions, signal)
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

/** Without what would change where the verifier sends requests, or what it verifies. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^PACT_|_PROXY$|^LOG_?LEVEL$|^RUST_|^NODE_OPTIONS$/i.test(name),
  )
  return { ...Object.fromEntries(kept), PACT_DO_NOT_TRACK: 'true' }
}

async function ask(options: VerifierOptions, signal: AbortSignal): Promise<unknown> {
  const script = fileURLToPath(new URL('engine-child.js', import.meta.url))
  // Its standard output is not ours: the native part prints there.
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: cleanEnvironment(),
  })
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000)
  })
  const stop = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  try {
    const reply = await replyOf(child, options)
    if (reply !== undefined) return reply
    if (signal.aborted) throw new errors.STANDIN_ERR_VERIFIER(String(signal.reason))
    const last = words.trim().split('\n').at(-1)
    throw new errors.STANDIN_ERR_VERIFIER(
      `its process ended (${child.signalCode ?? `exit code ${child.exitCode}`})${last ? `: ${last}` : ''}`,
    )
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Resolves when the process has ended, with what it sent before. */
function replyOf(child: ChildProcess, options: VerifierOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let reply: unknown
    child.once('message', (message) => {
      reply = message
    })
    child.once('error', (error) => reject(new errors.STANDIN_ERR_VERIFIER(error.message)))
    child.once('close', () => resolve(reply))
    // A process that is gone already says so by its end.
    child.send(options, () => undefined)
  })
}
