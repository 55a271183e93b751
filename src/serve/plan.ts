import type { Operation } from '../operation/operation.js'
import type { RequestInput } from '../respond/check.js'
import { compilePath } from '../respond/parameters/path-values.js'
import type { Overrides, Planned } from '../steer/overrides.js'

/** What the overrides of a session have for a call; each that is taken counts. */
export function planFor(
  overrides: Overrides,
  { operationId, path }: Operation,
  input: RequestInput,
  valid: boolean,
): Planned | undefined {
  const [target = ''] = input.url.split('?', 1)
  return overrides.take({ operationId, input, path: compilePath(path)(target) ?? {}, valid })
}
