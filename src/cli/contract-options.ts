import { type TString, Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

const name = (description: string): TString =>
  Type.String({ minLength: 1, ...hints({ description, value: 'NAME' }) })

/** Who a contract is between, and what goes into it. */
export const contractOptionSchemas = {
  consumer: Type.Optional(name('Name of the application that calls the API.')),
  provider: Type.Optional(name('Name of the application that provides it.')),
  negative: Type.Boolean({
    default: false,
    ...hints({
      description: 'Also what the schemas rule out, which must be refused, and what they leave free.',
    }),
  }),
  recordPact: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({
        description: 'Record what this consumer uses of the API as a contract, written as it comes.',
        value: 'CONSUMER',
      }),
    }),
  ),
  recordDir: Type.String({
    minLength: 1,
    default: 'contracts',
    ...hints({ description: 'Folder that recorded contracts are written to.', value: 'DIR' }),
  }),
}
