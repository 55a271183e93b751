import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { createStandin } from '../../src/standin.js'
import { providerOf } from './provider.js'
import { verifyWithPact } from './verifier.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(120_000)

const names = { consumer: 'mobile-app', provider: 'onboarding' }
void t.test('the stand-in keeps the contract of its own docs, negative cases too', async (t) => {
  const standin = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => standin.close())
  // The page of getToken documents four operations of the same kind; one of them is enough here.
  const operations = onboarding.description.operations.filter(
    ({ operationId }) => !/By|Without/.test(operationId),
  )
  const { text, interactions } = generateContract(
    { ...onboarding.description, operations },
    { ...names, negative: true },
  )
  const report = await verifyWithPact(text, providerOf(standin), true)
  t.strictSame(
    report.errors.map(({ interaction, mismatch }) => [interaction, mismatch]),
    [],
  )
  t.equal(report.interactionResults.length, interactions)
})
