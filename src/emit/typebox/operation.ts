import type {
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
  ResponseHeader,
} from '../../operation/operation.js'
import {
  array,
  call,
  type Expression,
  type Member,
  name,
  number,
  object,
  string,
} from '../typescript/expression.js'
import { equalJson } from './equal.js'
import { literal } from './literal.js'
import type { ModuleScope } from './module-scope.js'
import { schemaExpression } from './schema.js'
import type { OperationSchemas } from './operation-schemas.js'
import { withoutExamples } from './without-examples.js'

/** `operation({ ...other, method })`: an operation that differs from another in a few facts. */
export function variantExpression(operation: Operation, base: Base, scope: ModuleScope): Expression {
  const { source, sources, ...facts } = operation
  const differing = Object.entries(facts).filter(
    ([key, value]) => !equalJson(value, Reflect.get(base.operation, key)),
  )
  return call(scope.use('operation'), [
    object([
      { spread: name(base.constant) },
      ...literals(Object.fromEntries(differing)),
      ['source', scope.source(source)],
      ['sources', array(sources.map((one) => scope.source(one)))],
    ]),
  ])
}

/** An operation that is written already, under the name of its constant. */
export interface Base {
  readonly constant: string
  readonly operation: Operation
}

const SHORT_FACTS = new Set([
  'operationId',
  'method',
  'path',
  'summary',
  'description',
  'tags',
  'source',
  'sources',
])

/** Whether an operation says all that another says, and differs only in facts of a line. */
export const isVariant = (operation: Operation, { operation: base }: Base): boolean =>
  Object.keys(base).every((key) => Reflect.get(operation, key) !== undefined) &&
  Object.entries(withoutExamples(operation)).every(
    ([key, value]) => SHORT_FACTS.has(key) || equalJson(value, Reflect.get(withoutExamples(base), key)),
  )

/** `operation({...})`: everything that the model says of one operation but its examples. */
export function operationExpression(
  operation: Operation,
  schemas: OperationSchemas,
  scope: ModuleScope,
): Expression {
  const { operationId, method, path, summary, description, deprecated, tags, security } = operation
  const { parameters, requestBody, responses, resultCodes, links, curls, source, sources } = operation
  const [first, ...others] = sources
  const onlyItself =
    others.length === 0 && first !== undefined && first.file === source.file && first.line === source.line
  const facts: Member[] = [
    ...literals({ operationId, method, path, summary, description, deprecated, tags }),
    ['parameters', array(parameters.map((one) => parameterExpression(one, schemas, scope)))],
    ...(requestBody ? [['requestBody', bodyExpression(requestBody, schemas, scope)] as const] : []),
    ['responses', array(responses.map((one) => responseExpression(one, schemas, scope)))],
    ...literals({ security }),
    ...list('resultCodes', resultCodes, ({ source, ...rest }) =>
      object([...literals(rest), ['source', scope.source(source)]]),
    ),
    ...list('links', links, ({ text, href, source }) =>
      source.file === scope.page
        ? call(scope.pageWord('link'), [number(source.line), string(text), string(href)])
        : object([...literals({ text, href }), ['source', scope.source(source)]]),
    ),
    ...literals({ curls }),
    ['source', scope.source(source)],
    ...(onlyItself ? [] : [['sources', array(sources.map((one) => scope.source(one)))] as const]),
  ]
  return call(scope.use('operation'), [object(facts)])
}

/** `header(name, schema, facts)` and the like: description and place are the schema's own, unless they differ. */
function parameterExpression(
  parameter: Parameter,
  schemas: OperationSchemas,
  scope: ModuleScope,
): Expression {
  const { in: place, name: title, schema, source, description, ...rest } = parameter
  const own = schemas.own(schema)
  const facts = [
    ...(description === own.description ? [] : [['description', literal(description)] as const]),
    ...literals(rest),
    ...(own.isAt(source) ? [] : [['source', scope.source(source)] as const]),
  ]
  const options = facts.length > 0 ? [object(facts)] : []
  const made = schemas.expression(schema)
  return place === 'header'
    ? call(scope.use('header'), [string(title), made, ...options])
    : call(scope.use('parameter'), [string(place), string(title), made, ...options])
}

/** A row of a body's table, by the member of the body's schema that it is about, where it is one. */
function rowExpression(row: Parameter, schemas: OperationSchemas, scope: ModuleScope): Expression {
  const body = schemas.bodyOf(row)
  if (body === undefined) return parameterExpression(row, schemas, scope)
  const { in: _place, name: title, schema, source: _source, description: _description, ...rest } = row
  const facts = literals(rest)
  return call(scope.use('member'), [
    name(body.constant),
    string(title),
    body.same ? name('undefined') : schemaExpression(schema, scope),
    ...(facts.length > 0 ? [object(facts)] : []),
  ])
}

function bodyExpression(body: RequestBody, schemas: OperationSchemas, scope: ModuleScope): Expression {
  const plain = schemas.plainBody(body)
  if (plain) {
    const types = Object.entries(plain.types).map(([key, type]) => [key, string(type)] as const)
    const mediaTypes = array(body.content.map(({ mediaType }) => string(mediaType)))
    return call(scope.use('jsonBody'), [
      schemas.expression(plain.schema),
      mediaTypes,
      ...(types.length > 0 ? [object(types)] : []),
    ])
  }
  const { required, description, content, parameters, source } = body
  return object([
    ...literals({ required, description }),
    ['content', array(content.map((one) => mediaExpression(one, schemas, scope)))],
    ...(parameters
      ? [['parameters', array(parameters.map((one) => rowExpression(one, schemas, scope)))] as const]
      : []),
    ['source', scope.source(source)],
  ])
}

/** Examples stand in their own file, so that a person can read and edit them. */
function mediaExpression(
  { mediaType, schema, encoding }: MediaType,
  schemas: OperationSchemas,
  scope: ModuleScope,
): Expression {
  return call(scope.use('media'), [
    string(mediaType),
    ...(schema === undefined
      ? encoding === undefined
        ? []
        : [name('undefined')]
      : [schemas.expression(schema)]),
    ...(encoding === undefined ? [] : [literal(encoding)]),
  ])
}

function responseExpression(response: Response, schemas: OperationSchemas, scope: ModuleScope): Expression {
  const { status, description, headers, content, undocumentedBody, source } = response
  const schema = schemas.plainResponse(response)
  if (schema !== undefined && description !== undefined) {
    const words = [string(status), string(description), schemas.expression(schema)]
    return call(scope.use('jsonResponse'), words)
  }
  if (description !== undefined && undocumentedBody !== undefined && isPlaceholder(response, scope)) {
    const words = [number(source.line), string(status), string(description), string(undocumentedBody)]
    return call(scope.pageWord('placeholder'), words)
  }
  return object([
    ...literals({ status, description }),
    ['headers', array(headers.map((one) => headerExpression(one, scope)))],
    ['content', array(content.map((one) => mediaExpression(one, schemas, scope)))],
    ...literals({ undocumentedBody }),
    ['source', scope.source(source)],
  ])
}

const isPlaceholder = ({ headers, content, source }: Response, scope: ModuleScope): boolean =>
  headers.length === 0 && content.length === 0 && source.file === scope.page

function headerExpression({ schema, ...rest }: ResponseHeader, scope: ModuleScope): Expression {
  return object([...literals(rest), ['schema', schemaExpression(schema, scope)]])
}

const literals = (facts: Readonly<Record<string, unknown>>): Member[] =>
  Object.entries(facts).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, literal(value)] as const],
  )

const list = <Item>(key: string, items: readonly Item[], write: (item: Item) => Expression): Member[] =>
  items.length === 0 ? [] : [[key, array(items.map(write))]]
