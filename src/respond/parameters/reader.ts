import type { Parameter } from '../../operation/operation.js'
import type { Raw } from '../schema/coerce.js'
import { locate, type Resolve } from '../schema/located.js'
import { partsOf, propertyNames } from '../schema/members.js'
import { cookiesOf } from './cookies.js'
import { type Decode, decodeCookie, decodeForm, decodePercent, type Pair, parsePairs } from './encoding.js'
import { readPairs } from './pair-style.js'
import { Unreadable } from './malformed.js'
import { readSegment, type SegmentSerialisation } from './segment-style.js'
import type { Shape } from './shape.js'

export interface ParameterInput {
  /** Raw path values, still percent-encoded (see compilePath). */
  readonly path: Readonly<Record<string, string>>
  /** The raw query string, without `?`. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** One request's pairs, split on first use and shared by its parameters. */
export class Message {
  #query: Pair[] | undefined
  #cookies: Pair[] | undefined

  constructor(readonly input: ParameterInput) {}

  get query(): Pair[] {
    return (this.#query ??= parsePairs(this.input.query))
  }

  get cookies(): Pair[] {
    return (this.#cookies ??= cookiesOf(this.header('cookie')).map(([name, raw]) => ({ name, raw })))
  }

  header(name: string): string | undefined {
    const value = this.input.headers[name]
    return Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ', ') : value
  }
}

/** The ways in which a message's text for a parameter can be read, the strictest first; none where it is absent. Throws Unreadable. */
export type ReadParameter = (message: Message, shape: Shape) => Raw[]

/**
 * Defaults of `style` and `explode`: OpenAPI 3.1 section 4.8.12.2.1.
 *
 * @param siblings names of the other parameters of the same place, which no exploded object takes
 */
export function readerOf(
  parameter: Parameter,
  siblings: ReadonlySet<string>,
  resolve: Resolve,
): ReadParameter {
  const { name } = parameter
  const isPair = parameter.in === 'query' || parameter.in === 'cookie'
  const style = parameter.style ?? (isPair ? 'form' : 'simple')
  const explode = parameter.explode ?? style === 'form'
  if (parameter.wholeQuery === true) {
    return ({ input }) => (input.query === '' ? [] : [decodePercent(input.query)])
  }
  if (parameter.in === 'path') {
    return ({ input }, shape) => {
      const text = input.path[name]
      return text === undefined ? [] : [segment(text, shape, { name, style, explode }, decodePercent)]
    }
  }
  if (parameter.in === 'header') {
    const key = name.toLowerCase()
    return (message, shape) => {
      const text = message.header(key)
      if (text === undefined) return []
      if (shape === 'primitive') return [text]
      const tight = text.trim().replaceAll(/\s*,\s*/g, ',')
      return [segment(tight, shape, { name, style, explode }, (part) => part)]
    }
  }
  const isMember = memberTest(parameter, siblings, resolve)
  if (parameter.in === 'cookie') {
    const serialisation = { name, style, explode, decode: decodeCookie, isMember }
    return ({ cookies }, shape) => readPairs(cookies, shape, serialisation)
  }
  const decode = parameter.allowReserved === true ? decodePercent : decodeForm
  return ({ query }, shape) => readPairs(query, shape, { name, style, explode, decode, isMember })
}

function segment(text: string, shape: Shape, serialisation: SegmentSerialisation, decode: Decode): Raw {
  const raw = readSegment(text, shape, serialisation, decode)
  if (raw !== undefined) return raw
  const { style, explode } = serialisation
  throw new Unreadable(
    'style',
    `must be an ${shape} in the ${explode ? 'exploded ' : ''}style ${style}`,
    style,
  )
}

/**
 * An exploded object takes the pairs it documents. Where its schema speaks of further members
 * (or of none at all) it takes those as well that no other parameter claims.
 */
function memberTest(
  parameter: Parameter,
  siblings: ReadonlySet<string>,
  resolve: Resolve,
): (name: string) => boolean {
  const schema = locate(parameter.schema)
  const documented = propertyNames(schema, resolve)
  let open = documented.size === 0
  for (const { schema: part } of partsOf(schema, resolve)) {
    if (typeof part === 'boolean') continue
    const rest = part['additionalProperties']
    if ('patternProperties' in part || (rest !== undefined && rest !== false)) open = true
  }
  return (name) => documented.has(name) || (open && !siblings.has(name))
}
