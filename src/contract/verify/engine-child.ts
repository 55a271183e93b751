/**
 * Runs Pact's verifier, which prints and may take the process with it, so that it has one to itself.
 * Each message is the options of one verification; each is answered with one, the result as the JSON
 * text that the verifier gives. Lives until its parent lets go of it.
 */
import type { VerifierOptions } from '@pact-foundation/pact-core'

// The native part takes longer to load than to verify a dozen interactions: it begins before the first message.
const loading = import('@pact-foundation/pact-core')
// What fails here is told to whoever asks.
loading.catch(() => undefined)

process.on('message', (options: VerifierOptions) => {
  void verify(options).then((reply) => process.send?.(reply))
})
process.once('disconnect', () => process.exit(0))

async function verify(options: VerifierOptions): Promise<{ result: string } | { problem: string }> {
  try {
    const { default: module } = await loading
    return { result: await module.default.verifyPacts(options) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // The verifier rejects with its result where something did not match.
    return message.startsWith('{') ? { result: message } : { problem: message }
  }
}
