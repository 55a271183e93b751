import { type TArray, type TInteger, type TString, Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

const list = (value: string, description: string, many = false): TArray<TString> =>
  Type.Array(Type.String({ minLength: 1 }), {
    ...hints({
      description,
      value,
      places: ['line', 'environment'],
      expected: 'a text that is not empty',
      many,
    }),
  })

const milliseconds = (preset: number, description: string): TInteger =>
  Type.Integer({
    minimum: 1,
    maximum: 3_600_000,
    default: preset,
    ...hints({ description, value: 'MS' }),
  })

/** What is verified, against which provider, and how. */
export const verifyOptionSchemas = {
  providerBaseUrl: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Address of the provider to verify.', value: 'URL' }),
    }),
  ),
  contract: Type.Optional(list('FILE|DIR', 'Pacts to verify: all words up to the next option.', true)),
  states: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({
        description: 'Sets provider states up: a module of handlers by state, or a URL in Pact’s format.',
        value: 'URL|MODULE',
      }),
    }),
  ),
  only: Type.Optional(
    list('NAME', 'Verify only this operation, consumer, provider state or key; may be given several times.'),
  ),
  header: Type.Optional(list('NAME:VALUE', 'Header to send with each request; may be given several times.')),
  timeout: milliseconds(5000, 'How long an answer of the provider may take.'),
  stateTimeout: milliseconds(30_000, 'How long setting one provider state up may take.'),
  insecure: Type.Boolean({
    default: false,
    ...hints({ description: 'Take certificates that nobody vouches for.' }),
  }),
  parallel: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 64,
      ...hints({
        description: 'How many processes verify at once; one where states are set up, else up to four.',
        value: 'NUMBER',
      }),
    }),
  ),
  report: Type.Union([Type.Literal('verification'), Type.Literal('docs')], {
    default: 'verification',
    ...hints({
      description: 'What is reported: whether the provider keeps the contract, or where the docs are wrong.',
      value: 'verification|docs',
      places: ['line', 'environment'],
    }),
  }),
  publish: Type.Boolean({
    default: false,
    ...hints({
      description: 'Publish the results to the Pact Broker that the pacts came from.',
      places: ['line', 'environment'],
    }),
  }),
  pactUrl: Type.Optional(list('URL', 'One pact of the broker by its address, as a webhook hands it over.')),
  selector: Type.Optional(
    list(
      'JSON',
      'Consumer version selector, such as {"branch":"feat"}; without one, main branches and what is deployed.',
    ),
  ),
  enablePending: Type.Boolean({
    default: false,
    ...hints({
      description: 'Let pacts fail without failing the run until they have been verified once.',
      places: ['line', 'environment'],
    }),
  }),
  includeWipPactsSince: Type.Optional(
    Type.String({
      pattern: '^\\d{4}-\\d\\d-\\d\\d',
      ...hints({
        description: 'Also pacts of branches that no selector chose, from this day on.',
        value: 'DATE',
        places: ['line', 'environment'],
        expected: 'a date such as 2024-01-31',
      }),
    }),
  ),
}
