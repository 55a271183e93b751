import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import { Finding } from '../operation/finding.js'
import { parseExact } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import {
  type Example,
  ExampleOrigin,
  Method,
  type Operation,
  type Parameter,
  ParameterPlace,
  Repair,
  ResultCode,
} from '../operation/operation.js'
import { parseSource, SOURCE_KEYWORD, SourceLocation } from '../operation/source.js'
import { successfulParameters } from '../operation/successful-parameters.js'

/**
 * What was understood of some sources, for people and programs that want to look before they serve.
 * This form is stable; its JSON Schema is published as docs/schemas/inspect.json.
 */
const InspectedExample = Type.Object({
  name: Type.String(),
  /** The JSON value, digits as documented; the text itself where the body is not JSON. */
  value: Type.Unknown(),
  origin: ExampleOrigin,
  source: SourceLocation,
})

const InspectedParameter = Type.Object({
  in: ParameterPlace,
  name: Type.String(),
  required: Type.Optional(Type.Boolean({ description: 'Absent where the docs do not say' })),
  /** JSON Schema's word, or several joined by `|`; `any` where the docs do not say. */
  type: Type.String(),
  description: Type.Optional(Type.String()),
  /** A value that the stand-in accepts. */
  example: Type.Optional(Type.Unknown()),
  source: SourceLocation,
})

const InspectedOperation = Type.Object({
  operationId: Type.String(),
  method: Method,
  path: Type.String({ description: 'Everything after the host, in OpenAPI form' }),
  summary: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  deprecated: Type.Optional(Type.Boolean()),
  source: SourceLocation,
  sources: Type.Array(SourceLocation, { description: 'Every place that documents the operation' }),
  parameters: Type.Array(InspectedParameter),
  requestBody: Type.Optional(
    Type.Object({
      mediaTypes: Type.Array(Type.String()),
      examples: Type.Array(Type.Intersect([InspectedExample, Type.Object({ mediaType: Type.String() })])),
    }),
  ),
  responses: Type.Array(
    Type.Object({
      status: Type.String(),
      description: Type.Optional(Type.String()),
      source: SourceLocation,
      undocumentedBody: Type.Optional(Type.String()),
      examples: Type.Array(
        Type.Intersect([
          InspectedExample,
          Type.Object({ mediaType: Type.String(), repairs: Type.Array(Repair) }),
        ]),
      ),
    }),
  ),
  resultCodes: Type.Array(ResultCode),
})

const InspectedResource = Type.Object({
  collection: Type.String({ description: 'Its name in the state' }),
  path: Type.String({ description: 'Path of the collection, in OpenAPI form' }),
  id: Type.String({ description: 'The member that tells items apart' }),
  operations: Type.Array(
    Type.Object({
      operationId: Type.String(),
      action: Type.Union(
        (['list', 'create', 'read', 'replace', 'patch', 'delete'] as const).map((one) => Type.Literal(one)),
      ),
      by: Type.Union([Type.Literal('description'), Type.Literal('config')], {
        description: 'Whether it was recognised, or the option resources says it',
      }),
    }),
  ),
})

export const InspectReport = Type.Object({
  operations: Type.Array(InspectedOperation),
  resources: Type.Array(InspectedResource, { description: 'What is kept in the state unless --stateless' }),
  onlyReplayed: Type.Array(Type.String(), {
    description: 'Operations that the option resources keeps out of the state, by id',
  }),
  problems: Type.Array(Finding),
})
export type InspectReport = Static<typeof InspectReport>

export interface InspectParts extends Pick<InspectReport, 'resources' | 'onlyReplayed'> {
  /** A value for a parameter that is accepted: the documented one, else one that is made. */
  readonly exampleOf: (parameter: Parameter) => unknown
}

export function inspect(
  { operations, findings }: ApiDescription,
  { exampleOf, resources, onlyReplayed }: InspectParts,
): InspectReport {
  return {
    operations: operations.map((operation) => inspectOperation(operation, exampleOf)),
    resources,
    onlyReplayed,
    problems: findings,
  }
}

function inspectOperation(
  operation: Operation,
  exampleOf: (parameter: Parameter) => unknown,
): InspectReport['operations'][number] {
  const { operationId, method, path, summary, description, deprecated, requestBody } = operation
  return {
    operationId,
    method,
    path,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    source: operation.source,
    sources: operation.sources,
    parameters: [...successfulParameters(operation), ...bodyParameters(operation)].map((parameter) =>
      inspectParameter(parameter, exampleOf(parameter)),
    ),
    ...(requestBody && {
      requestBody: {
        mediaTypes: requestBody.content.map(({ mediaType }) => mediaType),
        examples: requestBody.content.flatMap(({ examples }) =>
          examples.map((example) => ({ ...inspectExample(example), mediaType: example.mediaType })),
        ),
      },
    }),
    responses: operation.responses.map((response) => ({
      status: response.status,
      ...(response.description !== undefined && { description: response.description }),
      source: response.source,
      ...(response.undocumentedBody !== undefined && { undocumentedBody: response.undocumentedBody }),
      examples: response.content.flatMap(({ examples }) =>
        examples.map((example) => ({
          ...inspectExample(example),
          mediaType: example.mediaType,
          repairs: example.repairs,
        })),
      ),
    })),
    resultCodes: operation.resultCodes,
  }
}

const inspectParameter = (parameter: Parameter, example: unknown) => ({
  in: parameter.in,
  name: parameter.name,
  ...(parameter.required !== undefined && { required: parameter.required }),
  type: parameter.typeText ?? typeOf(parameter.schema),
  ...(parameter.description !== undefined && { description: parameter.description }),
  ...(example !== undefined && { example }),
  source: parameter.source,
})

/** The body's members by the page's own names, else the top-level members of its schema. */
function bodyParameters({ requestBody }: Operation): Parameter[] {
  if (!requestBody) return []
  if (requestBody.parameters) return requestBody.parameters
  const schema = requestBody.content.find((content) => content.schema?.['properties'])?.schema
  if (!schema) return []
  const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : [])
  return Object.entries<TSchema>(schema['properties']).map(([name, member]) => {
    const source: unknown = member[SOURCE_KEYWORD]
    return {
      in: 'body' as const,
      name,
      required: required.has(name),
      ...(member.description !== undefined && { description: member.description }),
      schema: member,
      source: (typeof source === 'string' && parseSource(source)) || requestBody.source,
    }
  })
}

function inspectExample({ name, mediaType, text, origin, source }: Example) {
  const value: unknown = isJson(mediaType) && origin !== 'text' ? parseExact(text) : text
  return { name, value, origin, source }
}

function typeOf(schema: TSchema): string {
  const type: unknown = schema['type']
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return type.join('|')
  const alternatives: unknown = schema['anyOf'] ?? schema['oneOf']
  if (!Array.isArray(alternatives)) return 'any'
  return [...new Set(alternatives.map((one: TSchema) => typeOf(one)))].join('|')
}
