import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts } from '../../src/contract/verify.js'
import { correct, type Decisions, Providers } from './provider.js'

/** Which contract notices a provider: the documented one, that with `--negative`, both with the schema check. */
export interface Score {
  readonly documented: boolean
  readonly negative: boolean
  readonly schema: boolean
  /** What was noticed first. */
  readonly first: string | undefined
}

const operations = onboarding.description.operations.filter(({ operationId }) => operationId === 'resetPin')
const description = { ...onboarding.description, operations }
const names = { consumer: 'mobile-app', provider: 'onboarding' }

interface Written {
  key: string
  request: { path: string }
  comments: { standin: { schemaOf?: string } }
}

/** Holds each provider against the contract of Reset Pin, all in one run: each has a path of its own in front. */
export async function score(changes: readonly Partial<Decisions>[]): Promise<Score[]> {
  const positive = generateContract(description, names)
  const documentedKeys = new Set(readInteractions(positive.text).map(({ key }) => key))
  const pact = JSON.parse(generateContract(description, { ...names, negative: true }).text)
  const interactions = changes.flatMap((_, index) =>
    readInteractions(JSON.stringify(pact)).map((one) => placed(one, index)),
  )
  const providers = new Providers(changes.map((change) => ({ ...correct, ...change })))
  try {
    const { report } = await verifyContracts(
      [{ file: 'mutants.json', text: JSON.stringify({ ...pact, interactions }) }],
      {
        providerBaseUrl: await providers.listen(),
        states: {
          'valid credentials': () => ({ 'X-API-TOKEN': providers.issue(), 'X-API-KEY': 'MOB-APP-2001' }),
        },
        // A token that was issued stays true, so one state undoes no other.
        parallel: 2,
      },
    )
    return changes.map((_, index) => {
      const own = report.interactions.filter(({ key }) => key.startsWith(`${index}:`))
      const failed = own.filter(({ status }) => status === 'failed')
      const byPact = failed.filter(({ failures }) => failures.some(({ by }) => by !== 'schema'))
      const [first] = failed
      return {
        documented: byPact.some(({ key }) => documentedKeys.has(key.replace(/^\d+:/, ''))),
        negative: byPact.length > 0,
        schema: failed.length > 0,
        first: first && `${first.description}: ${first.failures[0]?.where}, ${first.failures[0]?.actual}`,
      }
    })
  } finally {
    await providers.close()
  }
}

const readInteractions = (text: string): Written[] => JSON.parse(text).interactions

function placed(one: Written, index: number): Written {
  const { standin } = one.comments
  return {
    ...one,
    key: `${index}:${one.key}`,
    request: { ...one.request, path: `/${index}${one.request.path}` },
    comments: {
      standin: {
        ...standin,
        ...(standin.schemaOf === undefined ? {} : { schemaOf: `${index}:${standin.schemaOf}` }),
      },
    },
  }
}
