import { bundleSchema } from './bundle.js'
import { type Node } from './flatten.js'
import { type Rules } from './rules.js'
import { type Unsupported, Limits } from './unsupported.js'
import { Walk } from './walk.js'

export interface Assertion {
  /** Rules by path expression, for `matchingRules.body`. */
  readonly rules: Rules
  /** A value from `parseExact`, so that numbers keep their digits. */
  readonly example: unknown
}

export interface Matchers extends Assertion {
  /**
   * Pact reads each member of an example as required. So what may be absent, and which names there
   * may be, needs an interaction of its own: one in which no member is required.
   */
  readonly closed?: Assertion
  readonly unsupported: readonly Unsupported[]
  /** The schema that pointers of `unsupported` lead into: the given one with every reference inside it. */
  readonly schema: unknown
}

export interface MatcherOptions {
  /** A documented value, from `parseExact`. Whatever of it the schema does not allow is replaced. */
  readonly example?: unknown
  /** Documents into which the schema refers, by their id. */
  readonly documents?: Readonly<Record<string, unknown>>
  /** Members that are only written are not in a response, and those only read not in a request (OpenAPI 3.1, section 4.8.24). */
  readonly direction?: 'request' | 'response'
}

/** Matchers of Pact V4 that accept what the schema (JSON Schema 2020-12) accepts, and a list of what they cannot say. */
export function compileMatchers(schema: unknown, options: MatcherOptions = {}): Matchers {
  const root = bundleSchema(schema, options.documents)
  const limits = new Limits()
  const node: Node = [{ schema: root, pointer: '' }]
  const shape = new Walk(root, limits, 'shape', options.direction)
  const example = shape.value(node, '$', options.example)
  const result = { rules: shape.rules, example, schema: root }
  if (!shape.leavesOut) return { ...result, unsupported: limits.list() }
  const closed = new Walk(root, limits, 'closed', options.direction)
  const full = closed.value(node, '$', options.example)
  return { ...result, closed: { rules: closed.rules, example: full }, unsupported: limits.list() }
}
