import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** Options of what is kept and told of calls. */
export const journalOptionSchemas = {
  journal: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    ...hints({
      description: 'Calls that the journal of each session keeps; 0 keeps none.',
      value: 'CALLS',
      expected: 'a number of calls, at most 1000000',
    }),
  }),
  redact: Type.Optional(
    Type.Array(Type.String({ pattern: '^(/([^~/]|~[01])*)+$' }), {
      ...hints({
        description:
          'JSON pointer of what neither the journal nor recorded examples may show, beyond PINs, tokens and the like; * is any one name. May be given several times.',
        value: 'POINTER',
        expected: 'a JSON pointer such as /user/ssn',
      }),
    }),
  ),
  unknown: Type.Union(
    [Type.Literal('problem'), Type.Literal('fail'), Type.String({ pattern: '^https?://' })],
    {
      default: 'problem',
      ...hints({
        description:
          'What becomes of requests that no documented operation takes: a 404 problem; fail, which also ends the run with 1 and the list of them; or the URL of an upstream that they are passed on to.',
        value: 'problem|fail|URL',
        expected: 'problem, fail, or a URL such as http://localhost:3000',
      }),
    },
  ),
  coverage: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({
        description:
          'Where to write, at the end, what of the docs was called: a file, as JSON if it ends in .json, or - for stdout.',
        value: 'FILE|-',
      }),
    }),
  ),
  coverageMin: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 100,
      ...hints({
        description:
          'Per cent of the documented replies that must have been called; fewer end the run with 1.',
        value: 'PERCENT',
      }),
    }),
  ),
}
