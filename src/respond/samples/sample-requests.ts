import type { ApiDescription } from '../../operation/description.js'
import { isObject } from '../../operation/json-object.js'
import { stringifyExact } from '../../operation/json.js'
import { essenceOf, isJson } from '../../operation/media-type.js'
import type { Example, MediaType, Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import { formPairs, writeForm } from '../bodies/write-form.js'
import { frameOf } from './assemble.js'
import { multipartType, writeMultipart } from './multipart.js'
import type { SampleRequest } from './sample-request.js'
import type { SampleValues } from './sample-values.js'

/**
 * The requests that the docs of an operation show by their bodies; where they show none, one that is
 * made from the description, which says so.
 */
export function sampleRequests(
  operation: Operation,
  values: SampleValues,
  description: ApiDescription,
): SampleRequest[] {
  const frame = frameOf(operation, values, description)
  const { method, requestBody, source } = operation
  const base = { method, url: frame.url }
  // What a curl command sends is sent with that command.
  const inCurls = new Set(
    (operation.curls ?? []).flatMap(({ body }) => (body ? [formatSource(body.source)] : [])),
  )
  const shown = (requestBody?.content ?? [])
    .flatMap(({ examples }) => examples.filter(isSendable))
    .filter((example) => !inCurls.has(formatSource(example.source)))
  const samples = shown.map((example): SampleRequest => ({
    ...base,
    kind: 'sample',
    name: example.name,
    headers: { ...frame.headers, 'content-type': example.mediaType },
    body: example.encoding === 'base64' ? Buffer.from(example.text, 'base64') : example.text,
    notes: [...frame.notes, ...repairNotes(example)],
    source: example.source,
  }))
  if (samples.length > 0) return samples
  const media = requestBody?.content.find(isMakeable)
  const body = media && madeBody(media, values)
  return [
    {
      ...base,
      kind: 'made',
      name: 'made',
      headers: { ...frame.headers, ...(body && { 'content-type': body.mediaType }) },
      ...(body && { body: body.text }),
      notes: [...(body ? ['no request body is shown; one is made from the schema'] : []), ...frame.notes],
      source,
    },
  ]
}

/** A multipart body is shown without the boundary that it needs, and a range is no type to send. */
const isSendable = ({ mediaType }: Example): boolean => !/^multipart\/|\*/.test(essenceOf(mediaType))

const isMakeable = ({ mediaType }: MediaType): boolean =>
  isJson(mediaType) ||
  /^(multipart\/form-data|application\/x-www-form-urlencoded|text\/plain)$/.test(essenceOf(mediaType))

const text = (member: unknown): string => (typeof member === 'string' ? member : stringifyExact(member))

function madeBody(media: MediaType, values: SampleValues): { mediaType: string; text: string } {
  const { mediaType, encoding } = media
  const value = values.body(media)
  if (isJson(mediaType)) return { mediaType, text: stringifyExact(value) }
  if (!isObject(value)) return { mediaType, text: text(value) }
  if (essenceOf(mediaType) !== 'multipart/form-data') return { mediaType, text: writeForm(value, encoding) }
  const parts = formPairs(value, encoding).map(([name, member]) => ({ name, value: member }))
  return { mediaType: multipartType, text: writeMultipart(parts) }
}

const repairNotes = ({ origin, repairs }: Example): string[] =>
  origin === 'repaired'
    ? [`the sample is sent repaired: ${[...new Set(repairs.map(({ kind }) => kind))].join(', ')}`]
    : []
