import { decoded } from '../operation/decoded.js'
import type { Operation } from '../operation/operation.js'
import type { RequestInput } from '../respond/check.js'
import { compilePath, type ReadPath } from '../operation/path-values.js'
import type { Planned } from '../steer/active-override.js'
import type { Overrides } from '../steer/overrides.js'

/** What the overrides of a session have for a call; each that is taken counts. Promised where others count too. */
export type Plan = (
  overrides: Overrides,
  input: RequestInput,
  valid: boolean,
) => Planned | undefined | Promise<Planned | undefined>

/** Plans the calls of one operation. */
export function createPlan({ operationId, path }: Operation): Plan {
  let readPath: ReadPath | undefined
  return (overrides, input, valid) => {
    readPath ??= compilePath(path)
    return overrides.take({ operationId, input, path: decodedPath(readPath, input), valid })
  }
}

/** The path parameters of a request, decoded as far as they can be. */
export function decodedPath(readPath: ReadPath, { url }: RequestInput): Record<string, string> {
  const [target = ''] = url.split('?', 1)
  const raw = Object.entries(readPath(target) ?? {})
  return Object.fromEntries(raw.map(([name, value]) => [name, decoded(value)]))
}
