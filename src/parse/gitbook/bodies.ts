import { append } from '../../operation/append.js'
import { parseExact } from '../../operation/json.js'
import { inferSchema } from '../../operation/infer.js'
import type { Finding } from '../../operation/finding.js'
import { isJson } from '../../operation/media-type.js'
import type { Example, MediaType, Parameter, RequestBody } from '../../operation/operation.js'
import { formatSource, type SourceLocation } from '../../operation/source.js'
import type { CurlCommand } from '../curl.js'
import { type ExampleNames, examplesOf } from './examples.js'
import type { BlockFacts } from './facts.js'

const JSON_TYPE = 'application/json'
const TEXT_TYPE = 'text/plain'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Examples and fields as content by media type, with the schema that they are evidence for. */
export function contentOf(
  examples: readonly Example[],
  fields: readonly Parameter[],
  declared: readonly string[],
  at: SourceLocation,
  silentRows: 'as-shown' | 'optional' = 'as-shown',
): { content: MediaType[]; findings: Finding[] } {
  const types = new Set([...examples.map((example) => example.mediaType), ...declared])
  if (types.size === 0 && fields.length > 0) types.add(JSON_TYPE)
  const findings: Finding[] = []
  const content = [...types].map((mediaType): MediaType => {
    const own = examples.filter((example) => example.mediaType === mediaType)
    const structured = isJson(mediaType) || /form/.test(mediaType)
    if (!structured || (own.length === 0 && fields.length === 0)) return { mediaType, examples: own }
    const samples = isJson(mediaType) ? own.map((example) => parseExact(example.text)) : []
    const inferred = inferSchema({ samples, fields: [...fields], at, silentRows })
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
  const sent = new Set(declared === undefined ? [] : [declared])
  // "Form data" is either kind of form; only a file needs the one in parts.
  if (facts.formType !== undefined && !body.some(isFile)) sent.add(FORM_TYPE)
  if (facts.curls.some(sendsText)) sent.add(TEXT_TYPE)
  // Rows name members, which text as such has none of.
  if (body.length > 0 && sent.size === 1 && sent.has(TEXT_TYPE)) sent.add(JSON_TYPE)
  const source = body[0]?.source ?? samples[0]?.sample.source ?? facts.source
  const typed = examples.map((example) =>
    declared !== undefined && isJson(declared) && isJson(example.mediaType)
      ? { ...example, mediaType: declared }
      : example,
  )
  const read = contentOf(typed, body, [...sent], source, 'optional')
  const told = new Set(
    samples.filter(({ sample }) => sample.findings.length > 0).map(({ sample }) => sample.text),
  )
  const { content, findings } = asText(read, source, told)
  const requestBody: RequestBody = { content, source }
  if (body.length > 0) requestBody.parameters = [...body]
  if (body.some((parameter) => parameter.required)) requestBody.required = true
  return { requestBody, findings: [...shown, ...findings] }
}

/**
 * Where a page shows JSON and calls it plain text, text is the same JSON. A sample that could not be
 * read as JSON is then none of that body; `told` are the texts that have a finding already.
 */
function asText(
  { content, findings }: { content: MediaType[]; findings: Finding[] },
  source: SourceLocation,
  told: ReadonlySet<string>,
): { content: MediaType[]; findings: Finding[] } {
  const schema = content.find(({ mediaType, schema }) => isJson(mediaType) && schema !== undefined)?.schema
  const text = content.find(({ mediaType }) => mediaType.startsWith(TEXT_TYPE))
  if (schema === undefined || text === undefined) return { content, findings }
  const silent = text.examples.filter((example) => !told.has(example.text))
  const unread = silent.map((example): Finding => ({
    rule: 'sample-unreadable',
    severity: 'error',
    message: `The sample is not JSON, though the body documented at ${formatSource(source)} is. It is not used; write it as JSON.`,
    source: example.source,
  }))
  return {
    content: content.map((one) => (one === text ? { ...one, schema, examples: [] } : one)),
    findings: [...findings, ...unread],
  }
}

/** Whether a curl command calls its body plain text, outright and not by leaving the type out. */
const sendsText = ({ headers, body }: CurlCommand): boolean =>
  body !== undefined &&
  headers.some((header) => isContentType(header) && mediaTypeIn(header.value)?.startsWith(TEXT_TYPE))

export const isContentType = ({ name }: { readonly name: string }): boolean =>
  /^content-?type$/i.test(name.trim())

/** The media type that the page's Content-Type header shows. */
const contentType = (parameters: readonly Parameter[]): string | undefined =>
  mediaTypeIn(parameters.find((one) => one.in === 'header' && isContentType(one))?.example ?? '')

function mediaTypeIn(text: string): string | undefined {
  const value = text.trim().toLowerCase()
  return /^[a-z]+\/[\w.+-]+/.test(value) ? value : undefined
}

const isFile = ({ typeText = '' }: Parameter): boolean => /file|binary|blob|image|upload/i.test(typeText)
