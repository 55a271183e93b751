import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { toPlain } from '../operation/json.js'
import type { MediaType, Operation, Response } from '../operation/operation.js'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../operation/source.js'
import { bundleSchema } from './bundle.js'
import { accepts } from './compare-request.js'
import type { Report } from './compare.js'
import { schemaFor } from './direction.js'
import { flatten, type Flat, type Node } from './flatten.js'
import type { Consumed } from './pact-reader.js'
import { isLoose, isMap, ruleFor, takesAnything, takesNull } from './pact-rules.js'
import { refused } from './compare-matchers.js'
import { listedValues, typesOf } from './scalar.js'
import { responseFor } from './schema-check.js'
import { schemaValidator } from './schema-validator.js'
import { unions } from './union.js'
import { Limits } from './unsupported.js'
import { kindOf } from './value.js'

/** Whether the docs promise what the consumer reads: the status, headers, and each member that its pact holds. */
export function compareResponse(
  consumed: Consumed,
  operation: Operation,
  description: ApiDescription,
  report: Report,
): void {
  const response = responseFor(operation.responses, consumed.status)
  if (!response) {
    if (consumed.statusClass) return
    const known = operation.responses.map(({ status }) => status).join(', ')
    const message = `Status ${consumed.status} is not documented; documented: ${known}`
    report({
      rule: 'undocumented-status',
      severity: 'error',
      message,
      where: 'response status',
      source: operation.source,
    })
    return
  }
  compareHeaders(consumed, response, report)
  const body = consumed.responseBody
  if (!body) return
  const at = { where: 'response body', source: response.source } as const
  if (response.undocumentedBody !== undefined || response.content.length === 0) {
    const message = `The docs do not say what the body of ${consumed.status} is${response.undocumentedBody ? `: ${response.undocumentedBody}` : ''}`
    report({ ...at, rule: 'undocumented-body', severity: 'error', message })
    return
  }
  const media = mediaFor(response, body.mediaType)
  if (!media) {
    const known = response.content.map(({ mediaType }) => mediaType).join(', ')
    const message = `${body.mediaType} is expected; documented: ${known}`
    report({
      ...at,
      rule: 'undocumented-media-type',
      severity: 'error',
      message,
      where: 'response header Content-Type',
    })
    return
  }
  if (body.text !== undefined && consumed.rules.length === 0) {
    const message = `Exactly ${show(body.text)} is expected, and the docs allow other values`
    report({ ...at, rule: 'exact-value', severity: 'warning', message })
  }
  if (!media.schema || body.value === undefined) return
  const root = schemaFor('response', bundleSchema(media.schema, description.documents))
  new Reader(root, consumed, response.source, report).read([{ schema: root, pointer: '' }], body.value, [])
}

const mediaFor = ({ content }: Response, type: string | undefined): MediaType | undefined =>
  type === undefined ? content[0] : content.find(({ mediaType }) => accepts(mediaType, type))

function compareHeaders({ responseHeaders }: Consumed, response: Response, report: Report): void {
  for (const name of Object.keys(responseHeaders)) {
    if (name === 'content-type') continue
    const documented = response.headers.find((header) => header.name.toLowerCase() === name)
    const at = { where: `response header ${name}`, source: response.source } as const
    if (!documented) {
      const message = `The header ${name} is not documented`
      report({ ...at, rule: 'undocumented-header', severity: 'error', message })
    } else if (documented.required !== true) {
      const message = `The header ${name} is documented, but not as always there`
      report({ ...at, rule: 'optional-header', severity: 'warning', message })
    }
  }
}

/** Goes down the schema and the body that the consumer expects together. */
class Reader {
  constructor(
    readonly root: unknown,
    readonly consumed: Consumed,
    readonly fallback: SourceLocation,
    readonly report: Report,
  ) {}

  read(node: Node, expected: unknown, path: readonly string[]): void {
    if (takesAnything(this.consumed.rules, path)) return
    const flat = flatten(node, this.root, new Limits())
    const where = path.length === 0 ? 'response body' : `response body ${path.join('.')}`
    const source = placeOf(flat) ?? this.fallback
    if (!this.#kindFits(flat, node, expected)) {
      const message = `${show(expected)} is expected, which the documented schema does not allow`
      this.report({ rule: 'type-mismatch', severity: 'error', message, where, source })
      return
    }
    const union = isObject(expected) || Array.isArray(expected) ? unions(flat) : undefined
    if (union) return this.#alternatives(union.branches, expected, path)
    this.#nullable(flat, expected, { path, where, source })
    if (isObject(expected)) return this.#members(flat, expected, path, source)
    if (Array.isArray(expected)) {
      const items = flat.keywords.get('items')
      if (items)
        for (const [index, item] of expected.entries()) this.read([items], item, [...path, String(index)])
      // Without a matcher an empty list is the only one that will do.
      if (expected.length === 0) this.#value(flat, expected, path, where, source)
      return
    }
    this.#value(flat, expected, path, where, source)
  }

  /**
   * Which alternative comes depends on the provider's state, so one that promises all is enough. Where
   * none does, what is told is of the one that comes nearest.
   */
  #alternatives(branches: readonly Node[], expected: unknown, path: readonly string[]): void {
    const attempts = branches.map((branch) => {
      const findings: Parameters<Report>[0][] = []
      new Reader(this.root, this.consumed, this.fallback, (finding) => findings.push(finding)).read(
        branch,
        expected,
        path,
      )
      return { findings, errors: findings.filter(({ severity }) => severity === 'error').length }
    })
    const [best] = attempts.toSorted((a, b) => a.errors - b.errors)
    for (const finding of best?.findings ?? []) this.report(finding)
  }

  #members(
    flat: Flat,
    expected: Record<string, unknown>,
    path: readonly string[],
    source: SourceLocation,
  ): void {
    // Which names these allow is not worked out.
    const open = ['anyOf', 'oneOf', 'patternProperties'].some((keyword) => flat.keywords.has(keyword))
    const values = flat.keywords.get('additionalProperties')
    for (const [name, member] of Object.entries(expected)) {
      const at = [...path, name]
      const where = `response body ${at.join('.')}`
      const node = flat.properties.get(name) ?? (values && isObject(values.schema) ? [values] : undefined)
      if (!node) {
        if (!open) {
          const message = `The member ${at.join('.')} is not documented`
          this.report({ rule: 'undocumented-member', severity: 'error', message, where, source })
        }
        continue
      }
      // A consumer that takes any of the names relies on none of them.
      if (flat.properties.has(name) && !flat.required.has(name) && !isMap(this.consumed.rules, path)) {
        const place = placeOf(flatten(node, this.root, new Limits())) ?? source
        const message = `The member ${at.join('.')} is documented, but not as always there`
        this.report({ rule: 'optional-member', severity: 'error', message, where, source: place })
      }
      this.read(node, member, at)
    }
  }

  /** A value that the consumer wants exactly is promised only where the schema leaves no other. */
  #value(
    flat: Flat,
    expected: unknown,
    path: readonly string[],
    where: string,
    source: SourceLocation,
  ): void {
    const narrow = refused(flat, ruleFor(this.consumed.rules, path))
    if (narrow) this.report({ ...narrow, where, source })
    if (isLoose(this.consumed.rules, path) || expected === null) return
    if (listedValues(flat)?.values.length === 1) return
    const message = `Exactly ${show(expected)} is expected, and the docs allow other values`
    this.report({ rule: 'exact-value', severity: 'warning', message, where, source })
  }

  #nullable(
    flat: Flat,
    expected: unknown,
    { path, where, source }: { path: readonly string[]; where: string; source: SourceLocation },
  ): void {
    if (expected === null || typesOf(flat)?.includes('null') !== true) return
    if (takesNull(this.consumed.rules, path)) return
    const message = `${show(expected)} is expected, and the docs allow null`
    this.report({ rule: 'nullable-member', severity: 'error', message, where, source })
  }

  #kindFits(flat: Flat, node: Node, expected: unknown): boolean {
    const types = typesOf(flat)
    const kind = kindOf(expected)
    if (isObject(expected) || Array.isArray(expected)) {
      return types === undefined || types.some((type) => type === kind)
    }
    const validate = schemaValidator({ ...wrap(node), $defs: isObject(this.root) ? this.root.$defs : {} })
    return validate(toPlain(expected)).length === 0
  }
}

/** A node as one schema again; its references lead into the same definitions. */
const wrap = (node: Node): { allOf: unknown[] } => ({ allOf: node.map(({ schema }) => schema) })

function placeOf({ keywords }: Flat): SourceLocation | undefined {
  const text = keywords.get(SOURCE_KEYWORD)?.schema
  return typeof text === 'string' ? parseSource(text) : undefined
}

const show = (value: unknown): string => JSON.stringify(toPlain(value)).slice(0, 120)
