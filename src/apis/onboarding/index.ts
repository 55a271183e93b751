import { readFileSync } from 'node:fs'
import { Value } from '@sinclair/typebox/value'
import { describePage } from '../../operation/build.js'
import type { ApiDescription } from '../../operation/description.js'
import type { Finding } from '../../operation/finding.js'
import type { ApiModule, ApiServices } from '../api-module.js'
import { parseExamples, withExamples } from '../../operation/examples-file.js'
import { DEMO_ACCOUNT, seedAccounts, SeedFile } from './accounts.js'
import { behaviours } from './behaviour.js'
import { tokenIssuer } from './token-issuer.js'
import { documentedTokens } from './documented-tokens.js'
import { findings } from './findings.js'
import {
  getToken,
  getTokenServiceClientServerNewToken,
  postTokenServiceClientServerNewToken,
  postTokenServiceClientServerNewV2Token,
} from './get-token.js'
import { login } from './login.js'
import { furtherFindings, refined } from './refinements.js'
import { resetPin } from './reset-pin.js'

/** Through the package's own name, so that it holds for compiled code wherever that lies in the package. */
const folder = new URL('fixtures/onboarding/', import.meta.resolve('standin/package.json'))
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

const examples = parseExamples(read('examples.json'))
const operations = [
  resetPin,
  login,
  getToken,
  postTokenServiceClientServerNewV2Token,
  getTokenServiceClientServerNewToken,
  postTokenServiceClientServerNewToken,
]

const isAboutReply = ({ rule }: Finding): number => Number(rule === 'placeholder-response')

const description: ApiDescription = {
  title: 'Onboarding API',
  summary: 'Get a token, reset the PIN, sign in',
  operations: refined(operations.map((operation) => withExamples(operation, examples))),
  securitySchemes: {
    'X-API-TOKEN': {
      type: 'apiKey',
      in: 'header',
      name: 'X-API-TOKEN',
      description: 'Token that was issued by the login API or the Get Token API',
      source: describePage('fixtures/onboarding/reset-pin-api.md').source(12),
    },
    'X-API-KEY': {
      type: 'apiKey',
      in: 'header',
      name: 'X-API-KEY',
      description: 'Value that is agreed with the consumer beforehand',
      source: describePage('fixtures/onboarding/get-token-api.md').source(58),
    },
  },
  documents: {},
  // Of a long list only the first lines are shown at the start, and a reply without a body concerns everyone.
  findings: [...findings, ...furtherFindings].toSorted((a, b) => isAboutReply(b) - isAboutReply(a)),
}

/** The API that comes with Standin: Reset Pin, with the two that its page sends its readers to. */
export const onboarding = {
  description,
  behaviours: (services: ApiServices) =>
    behaviours(
      services,
      new Map([...documentedTokens(description.operations)].map((token) => [token, DEMO_ACCOUNT])),
    ),
  issueToken: tokenIssuer,
  seed: async ({ secret }: ApiServices) =>
    seedAccounts(await secret('pin'), Value.Parse(SeedFile, JSON.parse(read('state.json')))),
} satisfies ApiModule
