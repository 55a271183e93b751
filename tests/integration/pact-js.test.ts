import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PactV4, Verifier } from '@pact-foundation/pact'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { pactResponseBody } from '../../src/contract/pact-matchers.js'
import { createStandin } from '../../src/standin.js'
import states from '../../src/testing/onboarding-states.js'

t.setTimeout(240_000)

const resetPin = onboarding.description.operations.find(({ operationId }) => operationId === 'resetPin')

void t.test('matchers from the docs in a test that is written by hand', async (t) => {
  const dir = t.testdir()
  if (!resetPin) throw new Error('The bundled API has no Reset Pin')
  const { body, unsupported } = pactResponseBody(resetPin, '200')
  t.strictSame(unsupported, [])
  const pact = new PactV4({ consumer: 'web', provider: 'onboarding', dir, logLevel: 'error' })
  await pact
    .addInteraction()
    .uponReceiving('a new PIN')
    .withRequest('POST', '/onboarding/user/resetPin/v1', (request) => {
      request.jsonBody({ pin: '2222', signInMode: 1 })
    })
    .willRespondWith(200, (response) => {
      response.jsonBody(body)
    })
    .executeTest(async ({ url }) => {
      const reply = await fetch(`${url}/onboarding/user/resetPin/v1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"pin":"2222","signInMode":1}',
      })
      t.match(await reply.json(), { resCode: 200, resDesc: 'SUCCESS', data: { msg: String } })
    })
  const written = JSON.parse(readFileSync(join(dir, readdirSync(dir)[0] ?? ''), 'utf8'))
  const rules = written.interactions[0].response.matchingRules.body
  t.match(rules['$.data.msg'].matchers, [{ match: 'type' }])
  t.throws(() => pactResponseBody(resetPin, '401'), RangeError)
})

void t.test("pact-js's own Verifier, as a witness, finds that the stand-in keeps the contract", async (t) => {
  const dir = t.testdir()
  mkdirSync(dir, { recursive: true })
  const standin = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => standin.close())
  const providerBaseUrl = await standin.listen()
  // It puts a proxy of its own between, which drops the body of a GET.
  const operations = onboarding.description.operations.filter(({ method }) => method === 'POST')
  const names = { consumer: 'mobile-app', provider: 'onboarding' }
  const { text } = generateContract({ ...onboarding.description, operations }, names)
  const file = join(t.testdir({ 'pact.json': text }), 'pact.json')
  const handler = states['valid credentials']
  const result = await new Verifier({
    providerBaseUrl,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: {
      'valid credentials': async (params: unknown) => {
        const given = Object.fromEntries(Object.entries(Object(params)))
        const values = await handler?.(given, { providerBaseUrl })
        return values === undefined ? undefined : Object.fromEntries(Object.entries(values))
      },
    },
  }).verifyProvider()
  t.match(result, /"result":true/)
})
