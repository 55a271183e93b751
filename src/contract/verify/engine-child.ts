/**
 * Runs Pact's verifier, which prints and may take the process with it, so that it has one to itself.
 * Takes one message, the options; answers with one, the result as the JSON text that the verifier gives.
 */
import type { VerifierOptions } from '@pact-foundation/pact-core'

process.once('message', (options: VerifierOptions) => {
  void answer(options)
})

async function answer(options: VerifierOptions): Promise<void> {
  const reply = await verify(options)
  process.send?.(reply, () => process.exit(0))
}

async function verify(options: VerifierOptions): Promise<{ result: string } | { problem: string }> {
  try {
    const { default: module } = await import('@pact-foundation/pact-core')
    return { result: await module.default.verifyPacts(options) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // The verifier rejects with its result where something did not match.
    return message.startsWith('{') ? { result: message } : { problem: message }
  }
}
