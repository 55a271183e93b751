import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** What lint finds fault with, and what it does about it. */
export const lintOptionSchemas = {
  failOn: Type.Union([Type.Literal('error'), Type.Literal('warning')], {
    default: 'error',
    ...hints({
      description: 'Which findings of lint make it fail: error, or warning too.',
      value: 'SEVERITY',
    }),
  }),
  fix: Type.Boolean({
    default: false,
    ...hints({
      description: 'Mend in the files what can be mended without guessing.',
      places: ['line'],
    }),
  }),
  rules: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Union((['off', 'error', 'warning', 'info'] as const).map((one) => Type.Literal(one))),
      {
        ...hints({
          description: 'Rules of lint to turn off or to give another severity, by id.',
          places: ['file'],
          expected: 'an object of rule ids, each with off, error, warning or info',
        }),
      },
    ),
  ),
}
