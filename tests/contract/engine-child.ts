/**
 * Runs Pact's verifier. It prints, and may take the process with it, so it has one to itself.
 * Arguments: provider's URL, pact file, file for the result, and optionally the URL that sets states.
 */
import { writeFileSync } from 'node:fs'
import core from '@pact-foundation/pact-core'

const [providerBaseUrl = '', pact = '', output = '', states] = process.argv.slice(2)
const result = await core.default
  .verifyPacts({
    providerBaseUrl,
    pactUrls: [pact],
    logLevel: 'error',
    ...(states ? { providerStatesSetupUrl: states, providerStatesSetupBody: true } : {}),
  })
  .catch((error: Error) => error.message)
writeFileSync(output, result)
