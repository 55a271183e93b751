import { createServer } from 'node:http'
import { generateContract } from '../src/contract/generate.js'
import { verifyContracts } from '../src/contract/verify.js'
import { onboarding } from '../src/apis/onboarding/index.js'
import type { ApiDescription } from '../src/operation/description.js'
import { median, table } from './statistics.js'

const ROUNDS = 5
/** Seconds that a developer is asked to wait at most, on a machine of two cores. */
const GENERATE_BOUND = 1
const VERIFY_BOUNDS: readonly (readonly [interactions: number, seconds: number])[] = [
  [100, 3],
  [1000, 30],
]
const names = { consumer: 'web', provider: 'bench' }

/** Reset Pin and Login again and again, each time at paths of its own. */
function described(count: number): ApiDescription {
  const [resetPin, login] = onboarding.description.operations
  const originals = [resetPin, login].filter((one) => one !== undefined)
  return {
    ...onboarding.description,
    operations: Array.from({ length: count }, (_, index) => {
      const original = originals[index % originals.length]
      if (!original) throw new Error('The bundled API has no operations')
      return {
        ...original,
        operationId: `${original.operationId}${index}`,
        path: `/${index}${original.path}`,
      }
    }),
  }
}

/** `npm run bench -- contracts`: the time to compile docs to contracts, and to hold a provider against them. */
export async function contracts(): Promise<string> {
  const rows: string[][] = []
  for (const [count, negative] of [
    [1000, false],
    [1000, true],
  ] as const) {
    const description = described(count)
    const times: number[] = []
    let interactions = 0
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now()
      interactions = generateContract(description, { ...names, negative }).interactions
      times.push(performance.now() - begun)
    }
    rows.push([
      `generate ${count} operations${negative ? ' --negative' : ''}`,
      String(interactions),
      seconds(median(times)),
      negative ? '' : String(GENERATE_BOUND),
    ])
  }
  for (const [size, bound] of VERIFY_BOUNDS) rows.push([...(await verifying(size)), String(bound)])
  return table(['contracts', 'interactions', 'seconds', 'at most'], rows)
}

/** Against a provider that answers at once, so that what is measured is the verification. */
async function verifying(size: number): Promise<string[]> {
  const pact = JSON.parse(generateContract(described(size), names).text)
  const interactions = pact.interactions
    .filter(({ key }: { key: string }) => key.endsWith('-200'))
    .slice(0, size)
  const answers = new Map<string, string>(
    interactions.map((one: { request: { path: string }; response: { body: { content: unknown } } }) => [
      one.request.path,
      JSON.stringify(one.response.body.content),
    ]),
  )
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(answers.get(request.url ?? ''))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const providerBaseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const states = { 'valid credentials': () => ({ 'X-API-TOKEN': 't', 'X-API-KEY': 'k', token: 't' }) }
  const begun = performance.now()
  const { report } = await verifyContracts(
    [{ file: 'bench.json', text: JSON.stringify({ ...pact, interactions }) }],
    {
      providerBaseUrl,
      states,
    },
  )
  const time = performance.now() - begun
  server.close()
  server.closeAllConnections()
  if (report.summary.failed > 0) throw new Error(`${report.summary.failed} interactions failed`)
  return [`verify ${size} interactions`, String(report.summary.total), seconds(time)]
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2)
