import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** Options of the commands that hold descriptions and pacts against each other. */
export const compareOptionSchemas = {
  with: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      ...hints({
        description: 'What documents the provider: all words up to the next option.',
        value: 'SOURCE',
        places: ['line'],
        expected: 'files or folders',
        many: true,
      }),
    }),
  ),
  pact: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      ...hints({
        description:
          'Pacts of the known consumers, to tell only what those use: all words up to the next option.',
        value: 'PACT',
        places: ['line'],
        expected: 'files or folders',
        many: true,
      }),
    }),
  ),
}
