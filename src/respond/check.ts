import { parseExact, isLosslessNumber } from '../operation/json.js'
import { syntaxFault } from './syntax-fault.js'
import { essenceOf, isJson } from '../operation/media-type.js'
import type { ApiDescription } from '../operation/description.js'
import type { MediaType, Operation, Parameter } from '../operation/operation.js'
import type { CheckedRequest } from './behaviour.js'
import type { ProblemCode } from './problem.js'
import type { Validation, Validator } from './validation.js'
import type { Violation } from './violation.js'

/** A request as the wire brought it. */
export interface RequestInput {
  readonly method: string
  readonly url: string
  readonly path: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string | Uint8Array | undefined
}

export interface Rejection {
  readonly code: ProblemCode
  readonly violations: readonly Violation[]
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
  const credentials = credentialNames(operation, description)
  const headers = operation.parameters
    .filter((parameter) => parameter.in === 'header' && !isFraming(parameter))
    .map((parameter) => {
      const key = parameter.name.toLowerCase()
      const credential = credentials.has(`header ${key}`)
      const validate = credential && anyToken ? anyText : validation.validator(parameter.schema)
      return { parameter, key, credential, validate }
    })
  const readBody = createBodyReader(operation, validation)

  return (input) => {
    let refused: Violation[] | undefined
    let broken: Violation[] | undefined
    for (const { parameter, key, credential, validate } of headers) {
      const value = input.headers[key]
      const violations =
        value === undefined
          ? missing(parameter)
          : outside(parameter, validate(Array.isArray(value) ? value[0] : value))
      if (violations === undefined) continue
      if (credential) refused = [...(refused ?? []), ...violations]
      else broken = [...(broken ?? []), ...violations]
    }
    // Who may not ask is told so before what was wrong with the question.
    if (refused) return { rejection: { code: 'credentials-refused', violations: refused } }
    const body = readBody(input)
    if ('code' in body) return { rejection: body }
    if (body.violations || broken) {
      const violations = [...(broken ?? []), ...(body.violations ?? [])]
      return { rejection: { code: 'request-breaks-description', violations } }
    }
    return { request: new Request(input, body.value) }
  }
}

const anyText: Validator = () => undefined

/** RFC 9110: these describe or route the message itself; what the docs say of them is not a condition on a request. */
const isFraming = (parameter: Parameter): boolean =>
  /^(content-type|content-length|accept|host|connection)$/i.test(parameter.name)

/** The parameters through which the operation's security schemes send a credential, as `in name`. */
function credentialNames(operation: Operation, description: ApiDescription): ReadonlySet<string> {
  const names = new Set<string>()
  for (const requirement of operation.security ?? []) {
    for (const id of Object.keys(requirement)) {
      const scheme = description.securitySchemes[id]
      if (scheme?.type === 'apiKey') names.add(`${scheme.in} ${scheme.name?.toLowerCase()}`)
    }
  }
  return names
}

function missing(parameter: Parameter): Violation[] | undefined {
  if (parameter.required !== true) return undefined
  return [{ ...placed(parameter), pointer: '', keyword: 'required', message: 'is required' }]
}

const outside = (parameter: Parameter, violations: ReturnType<Validator>): Violation[] | undefined =>
  violations?.map((violation) => ({ ...placed(parameter), ...violation }))

const placed = (parameter: Parameter) => ({
  in: parameter.in,
  name: parameter.name,
  ...(parameter.description !== undefined && { docs: parameter.description }),
  source: parameter.source,
})

type BodyResult = { readonly value: unknown; readonly violations?: Violation[] | undefined }

function createBodyReader(
  operation: Operation,
  validation: Validation,
): (input: RequestInput) => BodyResult | Rejection {
  const { requestBody } = operation
  // What the docs do not describe is not looked at.
  if (!requestBody) return () => ({ value: undefined })
  const json = requestBody.content.find((content) => isJson(content.mediaType))
  const validate = json?.schema && validation.validator(json.schema)
  const body = { in: 'body', pointer: '', source: requestBody.source } as const

  return ({ body: received, headers }) => {
    const text = typeof received === 'string' ? received : received && new TextDecoder().decode(received)
    if (text === undefined || text === '') {
      const violation: Violation = { ...body, keyword: 'required', message: 'is required' }
      return requestBody.required === false
        ? { value: undefined }
        : { value: undefined, violations: [violation] }
    }
    const contentType = headers['content-type']
    if (!json || !isReadAsJson(typeof contentType === 'string' ? contentType : undefined, text)) {
      return {
        code: 'unsupported-media-type',
        violations: [
          {
            ...body,
            keyword: 'media-type',
            message: `is ${String(contentType)}, the docs take ${list(requestBody.content)}`,
          },
        ],
      }
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      return {
        code: 'malformed-body',
        violations: [{ ...body, keyword: 'syntax', message: `is not JSON: ${syntaxFault(text, error)}` }],
      }
    }
    const violations = validate?.(value)
    return { value, violations: violations?.map((violation) => ({ ...body, ...violation })) }
  }
}

const list = (content: readonly MediaType[]): string => content.map((one) => one.mediaType).join(', ')

/**
 * JSON is what calls itself JSON, and also what does not: docs show JSON sent as `text/plain`, and
 * curl's `--data` without a header calls everything a form. There the text itself must look like JSON.
 */
function isReadAsJson(contentType: string | undefined, text: string): boolean {
  if (contentType === undefined || isJson(contentType)) return true
  const essence = essenceOf(contentType)
  if (essence === 'text/plain') return true
  return essence === 'application/x-www-form-urlencoded' && /^\s*[{[]/.test(text)
}

class Request implements CheckedRequest {
  readonly #input: RequestInput
  readonly body: unknown
  readonly query = {}

  constructor(input: RequestInput, body: unknown) {
    this.#input = input
    this.body = body
  }

  get method(): string {
    return this.#input.method
  }

  get url(): string {
    return this.#input.url
  }

  get path(): Readonly<Record<string, unknown>> {
    return this.#input.path
  }

  header(name: string): string | undefined {
    const value = this.#input.headers[name]
    return Array.isArray(value) ? value[0] : value
  }

  digits(pointer: string): string | undefined {
    const { body } = this.#input
    if (body === undefined) return undefined
    let value = parseExact(typeof body === 'string' ? body : new TextDecoder().decode(body))
    for (const step of pointer.split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = Reflect.get(value, key)
    }
    return isLosslessNumber(value) ? value.value : undefined
  }
}
