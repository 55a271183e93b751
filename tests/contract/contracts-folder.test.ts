import { readFileSync } from 'node:fs'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts } from '../../src/contract/verify.js'
import { createStandin } from '../../src/standin.js'
import states from '../../src/testing/onboarding-states.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(240_000)

const file = 'contracts/mobile-app-onboarding.json'
const names = { consumer: 'mobile-app', provider: 'onboarding' }

void t.test('the committed contract is what the docs of the bundled API give', async (t) => {
  const { text } = generateContract(onboarding.description, names)
  t.equal(readFileSync(file, 'utf8'), text, `write it anew: npm run generate`)
})

void t.test('the stand-in keeps it, and twice in a row', async (t) => {
  const standin = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => standin.close())
  const providerBaseUrl = await standin.listen()
  const contracts = [{ file, text: readFileSync(file, 'utf8') }]
  for (const _ of [1, 2]) {
    const { report } = await verifyContracts(contracts, { providerBaseUrl, states })
    t.strictSame(
      report.interactions.filter(({ status }) => status === 'failed'),
      [],
    )
    t.equal(report.summary.passed, onboarding.description.operations.length * 3 + 1)
  }
})
