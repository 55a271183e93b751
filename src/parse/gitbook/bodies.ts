import { append } from '../../operation/append.js'
import { parseExact } from '../../operation/json.js'
import { inferSchema } from '../../operation/infer.js'
import type { Finding } from '../../operation/finding.js'
import { isJson } from '../../operation/media-type.js'
import type { Example, MediaType, Parameter, RequestBody } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'
import { type ExampleNames, examplesOf } from './examples.js'
import type { BlockFacts } from './facts.js'

const JSON_TYPE = 'application/json'

/** Examples and fields as content by media type, with the schema that they are evidence for. */
export function contentOf(
  examples: readonly Example[],
  fields: readonly Parameter[],
  declared: string | undefined,
  at: SourceLocation,
): { content: MediaType[]; findings: Finding[] } {
  const types = new Set(examples.map((example) => example.mediaType))
  if (declared !== undefined) types.add(declared)
  if (types.size === 0 && fields.length > 0) types.add(JSON_TYPE)
  const findings: Finding[] = []
  const content = [...types].map((mediaType): MediaType => {
    const own = examples.filter((example) => example.mediaType === mediaType)
    const structured = isJson(mediaType) || /form/.test(mediaType)
    if (!structured || (own.length === 0 && fields.length === 0)) return { mediaType, examples: own }
    const samples = isJson(mediaType) ? own.map((example) => parseExact(example.text)) : []
    const inferred = inferSchema({ samples, fields: [...fields], at })
    append(findings, inferred.findings)
    return { mediaType, schema: inferred.schema, examples: own }
  })
  return { content, findings }
}

/** What the page says of the request's body; undefined where it says nothing. */
export function requestBodyOf(
  facts: BlockFacts,
  body: readonly Parameter[],
  parameters: readonly Parameter[],
  names: ExampleNames,
): { requestBody?: RequestBody; findings: Finding[] } {
  const samples = facts.requests.filter(({ sample }) => sample.kind !== 'placeholder')
  const shown = facts.requests.flatMap(({ sample }) => sample.findings)
  if (samples.length === 0 && body.length === 0) return { findings: shown }
  const examples = examplesOf(samples, names, 'request')
  const declared = facts.formType ?? contentType(parameters)
  const source = body[0]?.source ?? samples[0]?.sample.source ?? facts.source
  const typed = examples.map((example) =>
    declared !== undefined && isJson(declared) && isJson(example.mediaType)
      ? { ...example, mediaType: declared }
      : example,
  )
  const { content, findings } = contentOf(typed, body, declared, source)
  const requestBody: RequestBody = { content, source }
  if (body.length > 0) requestBody.parameters = [...body]
  if (body.some((parameter) => parameter.required)) requestBody.required = true
  return { requestBody, findings: [...shown, ...findings] }
}

/** The media type that the page's Content-Type header shows. */
function contentType(parameters: readonly Parameter[]): string | undefined {
  const header = parameters.find(
    ({ in: place, name }) => place === 'header' && /^content-?type$/i.test(name.trim()),
  )
  const value = header?.example?.trim().toLowerCase()
  return value !== undefined && /^[a-z]+\/[\w.+-]+/.test(value) ? value : undefined
}
