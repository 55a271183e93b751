import { isLosslessNumber, parseExact } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import { pointerTokens } from '../operation/pointer.js'
import type { CheckedRequest } from './behaviour.js'
import type { RequestInput } from './check.js'
import type { ParameterValues } from './parameters.js'

/** A checked request as behaviours see it. */
export class HandedOn implements CheckedRequest {
  readonly #input: RequestInput
  readonly #values: ParameterValues
  readonly body: unknown

  constructor(input: RequestInput, values: ParameterValues, body: unknown) {
    this.#input = input
    this.#values = values
    this.body = body
  }

  get method(): string {
    return this.#input.method
  }

  get url(): string {
    return this.#input.url
  }

  get path(): Readonly<Record<string, unknown>> {
    return this.#values.path
  }

  get query(): Readonly<Record<string, unknown>> {
    return this.#values.query
  }

  header(name: string): string | undefined {
    const value = this.#input.headers[name]
    return Array.isArray(value) ? value[0] : value
  }

  digits(pointer: string): string | undefined {
    let value = this.exactBody()
    if (value === this.body) return undefined
    for (const key of pointerTokens(pointer)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = Reflect.get(value, key)
    }
    return isLosslessNumber(value) ? value.value : undefined
  }

  exactBody(): unknown {
    const { body } = this.#input
    // Only of JSON was this.body made with its numbers shortened.
    if (body === undefined || typeof this.body !== 'object') return this.body
    const type = this.header('content-type')
    if (type !== undefined && !isJson(type)) return this.body
    return parseExact(typeof body === 'string' ? body : new TextDecoder().decode(body))
  }
}
