import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

const text = () => ({ minLength: 1 })

/** How the Pact Broker is reached. Credentials have no place in a file that is committed. */
export const brokerOptionSchemas = {
  brokerBaseUrl: Type.Optional(
    Type.String({
      ...text(),
      ...hints({
        description: 'Address of the Pact Broker; else PACT_BROKER_BASE_URL.',
        value: 'URL',
      }),
    }),
  ),
  brokerUsername: Type.Optional(
    Type.String({
      ...text(),
      ...hints({
        description: 'User name for the Pact Broker; else PACT_BROKER_USERNAME.',
        value: 'NAME',
        places: ['line', 'environment'],
      }),
    }),
  ),
  brokerPassword: Type.Optional(
    Type.String({
      ...text(),
      ...hints({
        description:
          'Password for the Pact Broker; else PACT_BROKER_PASSWORD, which no list of processes shows.',
        value: 'PASSWORD',
        places: ['line', 'environment'],
      }),
    }),
  ),
  brokerToken: Type.Optional(
    Type.String({
      ...text(),
      ...hints({
        description:
          'Bearer token for the Pact Broker; else PACT_BROKER_TOKEN, which no list of processes shows.',
        value: 'TOKEN',
        places: ['line', 'environment'],
      }),
    }),
  ),
}
