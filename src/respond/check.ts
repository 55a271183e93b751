import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { pathParameters } from '../operation/path.js'
import { compilePath } from '../operation/path-values.js'
import type { CheckedRequest } from './behaviour.js'
import { createBodyReader } from './check-body.js'
import { createCredentialCheck, credentialNames, placeName } from './check-credentials.js'
import { HandedOn } from './checked-request.js'
import { compileParameters } from './parameters.js'
import type { ParameterInput } from './parameters/reader.js'
import type { ProblemCode } from './problem.js'
import type { Resolve } from './schema/located.js'
import type { Validation } from './validation.js'
import type { Violation } from './violation.js'

/** A request as the wire brought it. */
export interface RequestInput {
  readonly method: string
  /** Path and query, still percent-encoded. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string | Uint8Array | undefined
}

export interface Rejection {
  readonly code: ProblemCode
  readonly violations: readonly Violation[]
  /** Values for `WWW-Authenticate`. */
  readonly challenges?: readonly string[]
}

export type CheckResult = { readonly request: CheckedRequest } | { readonly rejection: Rejection }

export interface CheckOptions {
  readonly description: ApiDescription
  readonly validation: Validation
  /** A credential need only be there; its form is not looked at. */
  readonly anyToken: boolean
}

/** Holds a request against its operation. Everything that depends on the operation alone is made once. */
export type Check = (input: RequestInput) => CheckResult

export function createCheck(operation: Operation, options: CheckOptions): Check {
  const { description, validation, anyToken } = options
  const resolve: Resolve = (id) => description.documents[id]
  const credentials = credentialNames(operation, description)
  const opaque = new Set(
    operation.parameters
      .filter((parameter) => anyToken && credentials.has(placeName(parameter)))
      .map(({ schema }) => schema),
  )
  const readParameters = compileParameters(operation.parameters, resolve, (schema) =>
    opaque.has(schema) ? () => undefined : validation.validator(schema, 'request'),
  )
  const checkCredentials = createCredentialCheck(operation, description)
  const readBody = createBodyReader(operation, validation, resolve)
  const hasPath = pathParameters(operation.path).length > 0
  const readPath = hasPath ? compilePath(operation.path) : undefined

  return (input) => {
    const parts = partsOf(input, readPath)
    const { values, violations } = readParameters(parts)
    // Who may not ask is told so before what was wrong with the question.
    const refused = checkCredentials(parts, violations)
    if (refused) return { rejection: refused }
    const body = readBody(input)
    if ('code' in body) return { rejection: body }
    if (violations.length > 0 || body.violations) {
      const all = [...violations, ...(body.violations ?? [])]
      return { rejection: { code: 'request-breaks-description', violations: all } }
    }
    return { request: new HandedOn(input, values, body.value) }
  }
}

const NO_PATH = {}

function partsOf(
  { url, headers }: RequestInput,
  readPath: ReturnType<typeof compilePath> | undefined,
): ParameterInput {
  const mark = url.indexOf('?')
  const query = mark === -1 ? '' : url.slice(mark + 1)
  if (!readPath) return { path: NO_PATH, query, headers }
  return { path: readPath(mark === -1 ? url : url.slice(0, mark)) ?? NO_PATH, query, headers }
}
