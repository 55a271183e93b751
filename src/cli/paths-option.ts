import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** A path for all sources, or `SOURCE=PATH` for one; may be given several times. */
export const pathsOption = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: '^(.+=)?/?[^=?#]*$' }), {
      ...hints({
        description: `${description} May be given several times.`,
        value: '[SOURCE=]PATH',
        expected: 'a path such as /v2, or docs/users.md=/v2 for one source',
      }),
    }),
  )
