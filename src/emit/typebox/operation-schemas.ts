import { isObject } from '../../operation/json-object.js'
import type { Operation, Parameter, RequestBody, Response } from '../../operation/operation.js'
import { formatSource, SOURCE_KEYWORD, type SourceLocation } from '../../operation/source.js'
import { call, type Expression, name, object, property } from '../typescript/expression.js'
import { equalJson } from './equal.js'
import type { ModuleScope } from './module-scope.js'
import { pascalCase } from './names.js'
import { isPlainObject, type PlainObject, schemaExpression } from './schema.js'

/** A schema that a module exports by name. */
export interface NamedSchema {
  readonly name: string
  readonly expression: Expression
}

const PLACES = { header: 'Headers', query: 'Query', path: 'Path', cookie: 'Cookies' } as const

/** The schemas of one operation under names of their own, each written once. */
export class OperationSchemas {
  readonly named: NamedSchema[] = []
  /** What stands for a schema, by the schema itself. */
  readonly #expressions = new Map<unknown, Expression>()
  /** Names by the JSON of the schema, since media types often have the same one. */
  readonly #names = new Map<string, string>()
  readonly #bodies = new Map<PlainObject, string>()
  readonly #base: string

  constructor(
    operation: Operation,
    constant: string,
    private readonly scope: ModuleScope,
  ) {
    this.#base = pascalCase(constant, 'Operation')
    for (const place of ['header', 'query', 'path', 'cookie'] as const) {
      this.#nameParameters(
        operation.parameters.filter((one) => one.in === place),
        PLACES[place],
      )
    }
    const { requestBody, responses } = operation
    if (requestBody) {
      this.#nameContent(requestBody.content, 'Body')
      for (const { schema } of requestBody.content) {
        const constant = isPlainObject(schema) ? this.#names.get(JSON.stringify(schema)) : undefined
        if (constant !== undefined && isPlainObject(schema)) this.#bodies.set(schema, constant)
      }
    }
    // A reply may look like the request, but is not one.
    this.#names.clear()
    const main = responses.find(({ status }) => status.startsWith('2'))
    for (const response of responses) {
      this.#nameContent(response.content, response === main ? 'Response' : `Response${response.status}`)
    }
  }

  /** The name of a schema of this operation, else the schema written out. */
  expression(schema: unknown): Expression {
    return this.#expressions.get(schema) ?? schemaExpression(schema, this.scope)
  }

  /** What a schema says of itself that a parameter may say again. */
  own(schema: unknown): { description: unknown; isAt(source: SourceLocation): boolean } {
    const { description, [SOURCE_KEYWORD]: place }: Record<string, unknown> = isObject(schema) ? schema : {}
    return { description, isAt: (source) => place === formatSource(source) }
  }

  /** Whether `jsonBody` makes exactly this body; its schema and the page's type words then. */
  plainBody({ required, description, content, parameters, source }: RequestBody) {
    const schema = content[0]?.schema
    if (required !== true || description !== undefined || !isPlainObject(schema)) return undefined
    if (!this.own(schema).isAt(source)) return undefined
    if (!content.every((one) => one.encoding === undefined && equalJson(one.schema, schema))) return undefined
    const needed = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : [])
    const types: Record<string, string> = {}
    const rows = Object.entries(schema.properties).map(([key, member], i) => {
      const { typeText, source } = parameters?.[i] ?? {}
      if (typeText !== undefined) types[key] = typeText
      return source && this.own(member).isAt(source)
        ? {
            in: 'body',
            name: key,
            required: needed.has(key),
            typeText,
            description: member['description'],
            schema: member,
            source,
          }
        : undefined
    })
    return equalJson(rows, parameters) ? { schema, types } : undefined
  }

  /** The constant of the body that a row is a member of, if the two say the same but for the type. */
  bodyOf({ name, schema, description, source }: Parameter): { constant: string; same: boolean } | undefined {
    for (const [body, constant] of this.#bodies) {
      const member = Object.hasOwn(body.properties, name) ? body.properties[name] : undefined
      const own = this.own(member)
      if (member && own.description === description && own.isAt(source))
        return { constant, same: equalJson(member, schema) }
    }
    return undefined
  }

  /** The schema of a response that `jsonResponse` makes exactly. */
  plainResponse({ headers, content, undocumentedBody, source }: Response): unknown {
    const [only, ...others] = content
    const plain = headers.length === 0 && others.length === 0 && undocumentedBody === undefined
    if (!plain || only?.mediaType !== 'application/json' || only.encoding !== undefined) return undefined
    return this.own(only.schema).isAt(source) ? only.schema : undefined
  }

  #nameParameters(parameters: readonly Parameter[], suffix: string): void {
    const names = new Set(parameters.map((parameter) => parameter.name))
    const nameable =
      names.size === parameters.length &&
      !names.has('__proto__') &&
      parameters.every(({ schema }) => isObject(schema))
    if (parameters.length === 0 || !nameable) return
    this.scope.use('Type')
    const members = parameters.map(({ name, required, schema }) => {
      const expression = schemaExpression(schema, this.scope)
      return [name, required === true ? expression : call('Type.Optional', [expression])] as const
    })
    const constant = this.#add(suffix, call('Type.Object', [object(members)]))
    for (const { name, schema } of parameters)
      this.#expressions.set(schema, property(`${constant}.properties`, name))
  }

  #nameContent(content: Response['content'], suffix: string): void {
    for (const { mediaType, schema } of content) {
      if (schema === undefined) continue
      const json = JSON.stringify(schema)
      const known = this.#names.get(json)
      const differ = content.some((one) => one.schema !== undefined && !equalJson(one.schema, schema))
      const kind = differ ? pascalCase(mediaType.replace(/^.*[/+]|;.*$/g, ''), 'Other') : ''
      const constant = known ?? this.#add(kind + suffix, schemaExpression(schema, this.scope))
      this.#names.set(json, constant)
      this.#expressions.set(schema, name(constant))
    }
  }

  #add(suffix: string, expression: Expression): string {
    const constant = this.scope.names.take(this.#base, suffix, true)
    this.named.push({ name: constant, expression })
    return constant
  }
}
