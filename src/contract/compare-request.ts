import type { ApiDescription } from '../operation/description.js'
import { essenceOf } from '../operation/media-type.js'
import type { Operation, Parameter } from '../operation/operation.js'
import { toPlain } from '../operation/json.js'
import { bundleSchema } from './bundle.js'
import type { Report } from './compare.js'
import { type Credential, credentialsOf } from './credentials.js'
import { schemaFor } from './direction.js'
import { pathValues } from './find-operation.js'
import type { Consumed } from './pact-reader.js'
import { readText } from './compare-text.js'
import type { Failure } from './report.js'
import { checkBody, readings } from './schema-check.js'
import { schemaValidator } from './schema-validator.js'
import { writeJson } from './value.js'

/** Whether the documented provider takes what the consumer sends. A request that is meant to be refused is not held against it. */
export function compareRequest(
  consumed: Consumed,
  operation: Operation,
  description: ApiDescription,
  report: Report,
): void {
  if (consumed.status >= 400) return
  const credentials = credentialsOf(operation, description.securitySchemes, (credential) =>
    isSent(consumed, credential),
  )
  const values = valuesOf(consumed, operation)
  for (const parameter of operation.parameters)
    compareParameter(parameter, values(parameter), description, report)
  for (const name of Object.keys(consumed.query)) {
    const known = operation.parameters.some(
      (one) => one.in === 'query' && baseName(one.name) === baseName(name),
    )
    if (known || credentials.some((one) => one.in === 'query' && one.parameter === name)) continue
    const message = `The query parameter ${name} is not documented`
    report({
      rule: 'undocumented-parameter',
      severity: 'error',
      message,
      where: `request query ${name}`,
      source: operation.source,
    })
  }
  for (const credential of credentials) {
    const { in: place, parameter, required, prefix } = credential
    if (!required || operation.parameters.some(({ name }) => name.toLowerCase() === parameter.toLowerCase()))
      continue
    if (isSent(consumed, credential)) continue
    const message = `The ${place} ${parameter} is required${prefix && `, with ${prefix.trim()}`}, and the pact does not send it`
    report({
      rule: 'missing-credential',
      severity: 'warning',
      message,
      where: `request ${place} ${parameter}`,
      source: operation.source,
    })
  }
  compareRequestBody(consumed, operation, description, report)
}

/** Whether the pact sends the credential, in its scheme; several cookies share one header. */
function isSent({ query, headers }: Consumed, { in: place, parameter, prefix }: Credential): boolean {
  if (place === 'query') return query[parameter] !== undefined
  const sent = headers[place === 'cookie' ? 'cookie' : parameter.toLowerCase()]
  return sent?.toLowerCase().startsWith(prefix.toLowerCase()) === true
}

function valuesOf(
  consumed: Consumed,
  operation: Operation,
): (parameter: Parameter) => readonly string[] | undefined {
  const path = pathValues(operation.path, consumed.path)
  return ({ in: place, name }) => {
    if (place === 'path') return path[name] === undefined ? undefined : [path[name]]
    if (place === 'query') return consumed.query[name] ?? consumed.query[`${name}[]`]
    if (place === 'header')
      return consumed.headers[name.toLowerCase()] === undefined
        ? undefined
        : [consumed.headers[name.toLowerCase()] ?? '']
    const cookie = consumed.headers.cookie?.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`))
    return cookie === undefined ? undefined : [cookie.slice(name.length + 1)]
  }
}

const baseName = (name: string): string => name.replace(/\[.*$/, '')

function compareParameter(
  { in: place, name, required, schema, style, mediaType, source }: Parameter,
  sent: readonly string[] | undefined,
  { documents }: ApiDescription,
  report: Report,
): void {
  const where = `request ${place} ${name}`
  if (sent === undefined) {
    if (required !== true || place === 'path') return
    const message = `The ${place} parameter ${name} is required, and the pact does not send it`
    report({ rule: 'missing-parameter', severity: 'error', message, where, source })
    return
  }
  // A serialised list or object is not read back here.
  if (style !== undefined || mediaType !== undefined || sent.length !== 1) return
  const [text = ''] = sent
  const validate = schemaValidator(schema, documents)
  const candidates: unknown[] = [...readings(text), ...readings(text).map((one) => [one]), text.split(',')]
  if (candidates.some((value) => validate(value).length === 0)) return
  const reason = validate(text)[0]?.message ?? 'is not valid'
  report({
    rule: 'parameter-refused',
    severity: 'error',
    message: `${JSON.stringify(text)} as ${name}: ${reason}`,
    where,
    source,
  })
}

function compareRequestBody(
  consumed: Consumed,
  { requestBody, source }: Operation,
  { documents }: ApiDescription,
  report: Report,
): void {
  const sent = consumed.requestBody
  if (!sent) {
    if (requestBody?.required !== true) return
    const message = 'A body is required, and the pact sends none'
    report({
      rule: 'missing-body',
      severity: 'error',
      message,
      where: 'request body',
      source: requestBody.source,
    })
    return
  }
  if (!requestBody) {
    report({
      rule: 'undocumented-request-body',
      severity: 'warning',
      message: 'No request body is documented',
      where: 'request body',
      source,
    })
    return
  }
  const media = requestBody.content.find(
    ({ mediaType }) => sent.mediaType === undefined || accepts(mediaType, sent.mediaType),
  )
  if (!media) {
    const documented = requestBody.content.map(({ mediaType }) => mediaType).join(', ')
    const message = `A body of type ${sent.mediaType} is sent; documented: ${documented}`
    report({
      rule: 'media-type-refused',
      severity: 'error',
      message,
      where: 'request header Content-Type',
      source: requestBody.source,
    })
    return
  }
  if (!media.schema) return
  const refuse = ({ where, expected, actual, source: at }: Failure): void => {
    const message = `documented: ${expected}; the pact sends ${actual}`
    report({ rule: 'body-refused', severity: 'error', message, where: `request ${where}`, source: at })
  }
  const read = sent.text === undefined ? { value: sent.value } : readText(sent, media, documents)
  if ('unreadable' in read)
    refuse({ where: 'body', expected: media.mediaType, actual: read.unreadable, source: requestBody.source })
  else if (read.value !== undefined) {
    const schema = schemaFor('request', bundleSchema(media.schema, documents))
    checkBody(schema, writeJson(toPlain(read.value)), requestBody.source).forEach(refuse)
  }
}

export function accepts(range: string, mediaType: string): boolean {
  const [type, subtype] = essenceOf(range).split('/')
  const [sentType, sentSubtype] = essenceOf(mediaType).split('/')
  return (type === '*' || type === sentType) && (subtype === '*' || subtype === sentSubtype)
}
