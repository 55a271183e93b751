import type { ApiDescription } from '../operation/description.js'
import { essenceOf } from '../operation/media-type.js'
import type { MediaType, Operation, Parameter, Response } from '../operation/operation.js'
import type { SourceLocation } from '../operation/source.js'
import { bundleSchema } from './bundle.js'
import { type Note, places, type Spot } from './change.js'
import { credentialsOf } from './credentials.js'
import { diffSchemas, type Side } from './schema-diff.js'

export interface Version {
  readonly operation: Operation
  readonly description: ApiDescription
}

/** Differences of one operation in two versions of a description. */
export function diffOperations(old: Version, now: Version, note: Note): void {
  diffParameters(old, now, note)
  diffCredentials(old, now, note)
  diffRequestBody(old, now, note)
  diffResponses(old, now, note)
}

function diffParameters(old: Version, now: Version, note: Note): void {
  const before = new Map(old.operation.parameters.map((one) => [nameOf(one), one]))
  const after = new Map(now.operation.parameters.map((one) => [nameOf(one), one]))
  for (const [key, parameter] of before) {
    const other = after.get(key)
    const at = spotOf(parameter)
    if (!other) {
      const message = `the ${parameter.in} parameter ${parameter.name} is gone`
      note({
        ...at,
        ...places(parameter.source, now.operation.source),
        rule: 'parameter-removed',
        breaking: false,
        message,
      })
      continue
    }
    const both = { ...at, ...places(parameter.source, other.source) }
    if (parameter.required !== true && other.required === true) {
      note({
        ...both,
        rule: 'parameter-became-required',
        breaking: true,
        message: `${parameter.name} was optional and is required`,
      })
    } else if (parameter.required === true && other.required !== true) {
      note({
        ...both,
        rule: 'parameter-became-optional',
        breaking: false,
        message: `${parameter.name} was required and is optional`,
      })
    }
    const context = { direction: 'request', label: at.where, spot: at.spot, note } as const
    diffSchemas(side(old, parameter.schema, parameter.source), side(now, other.schema, other.source), context)
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue
    const breaking = parameter.required === true && parameter.in !== 'path'
    const rule = breaking ? 'required-parameter-added' : 'parameter-added'
    const message = `the ${parameter.in} parameter ${parameter.name} is new${breaking ? ' and required' : ''}`
    // A consumer of the operation is a user of what it must now send.
    note({
      where: spotOf(parameter).where,
      spot: { part: 'operation' },
      ...places(old.operation.source, parameter.source),
      rule,
      breaking,
      message,
    })
  }
}

/** Path parameters are known by place, headers in any case. */
function nameOf({ in: place, name }: Parameter): string {
  return place === 'path'
    ? `path ${name.toLowerCase()}`
    : `${place} ${place === 'header' ? name.toLowerCase() : name}`
}

const spotOf = ({ in: place, name }: Parameter): { where: string; spot: Spot } => ({
  where: `request ${place} ${name}`,
  spot: { part: 'request', parameter: { in: place, name } },
})

function diffCredentials(old: Version, now: Version, note: Note): void {
  const required = ({ operation, description }: Version): string[] =>
    credentialsOf(operation, description.securitySchemes)
      .filter((credential) => credential.required)
      .map((credential) => `${credential.in} ${credential.parameter}`)
  const [before, after] = [required(old), required(now)]
  const at = { ...places(old.operation.source, now.operation.source), spot: { part: 'operation' } } as const
  for (const one of after.filter((name) => !before.includes(name))) {
    note({
      ...at,
      rule: 'credential-required',
      breaking: true,
      where: `request ${one}`,
      message: `the ${one} is required as a credential`,
    })
  }
  for (const one of before.filter((name) => !after.includes(name))) {
    note({
      ...at,
      rule: 'credential-dropped',
      breaking: false,
      where: `request ${one}`,
      message: `the ${one} is no longer required`,
    })
  }
}

function diffRequestBody(old: Version, now: Version, note: Note): void {
  const [before, after] = [old.operation.requestBody, now.operation.requestBody]
  const at = {
    where: 'request body',
    spot: { part: 'request', body: [] } as Spot,
    ...places(before?.source ?? old.operation.source, after?.source ?? now.operation.source),
  }
  if (after?.required === true && before?.required !== true) {
    const message = before ? 'the body was optional and is required' : 'a body is required now'
    note({ ...at, spot: { part: 'operation' }, rule: 'request-body-required', breaking: true, message })
  }
  if (before && !after)
    note({ ...at, rule: 'request-body-removed', breaking: false, message: 'a body is no longer documented' })
  if (!before || !after) return
  const media = { before: before.content, after: after.content, oldAt: before.source, newAt: after.source }
  diffContent(old, now, media, { direction: 'request', label: 'request body', spot: at.spot, note })
}

interface Content {
  readonly before: readonly MediaType[]
  readonly after: readonly MediaType[]
  readonly oldAt: SourceLocation
  readonly newAt: SourceLocation
}

function diffContent(
  old: Version,
  now: Version,
  content: Content,
  context: Parameters<typeof diffSchemas>[2],
): void {
  const { before, after, oldAt, newAt } = content
  const { direction, label, spot, note } = context
  const others = new Map(after.map((media) => [essenceOf(media.mediaType), media]))
  const at = { where: label, spot, ...places(oldAt, newAt) }
  const seen = new Set<unknown>()
  for (const media of before) {
    const other = others.get(essenceOf(media.mediaType))
    if (!other) {
      note({
        ...at,
        rule: `${direction}-media-type-removed`,
        breaking: true,
        message: `${media.mediaType} is gone`,
      })
      continue
    }
    others.delete(essenceOf(media.mediaType))
    // The same schema under another media type differs in the same way.
    if (!media.schema || !other.schema || seen.has(media.schema)) continue
    seen.add(media.schema)
    diffSchemas(side(old, media.schema, oldAt), side(now, other.schema, newAt), context)
  }
  for (const { mediaType } of others.values()) {
    note({ ...at, rule: `${direction}-media-type-added`, breaking: false, message: `${mediaType} is new` })
  }
}

function diffResponses(old: Version, now: Version, note: Note): void {
  const others = new Map(now.operation.responses.map((response) => [response.status, response]))
  for (const response of old.operation.responses) {
    const other = others.get(response.status)
    others.delete(response.status)
    if (other) diffResponse(old, now, [response, other], note)
    else {
      const at = places(response.source, now.operation.source)
      const message = `status ${response.status} is gone`
      note({
        ...at,
        rule: 'response-status-removed',
        breaking: true,
        message,
        where: `response ${response.status}`,
        spot: spotOfStatus(response),
      })
    }
  }
  for (const response of others.values()) {
    const message = `status ${response.status} is new`
    const at = places(old.operation.source, response.source)
    note({
      ...at,
      rule: 'response-status-added',
      breaking: false,
      message,
      where: `response ${response.status}`,
      spot: { part: 'operation' },
    })
  }
}

const spotOfStatus = ({ status }: Response): Spot => ({ part: 'response', status })

function diffResponse(
  old: Version,
  now: Version,
  [before, after]: readonly [Response, Response],
  note: Note,
): void {
  const label = `response ${before.status}`
  const at = { ...places(before.source, after.source), where: label, spot: spotOfStatus(before) }
  const lost =
    before.undocumentedBody === undefined && after.undocumentedBody !== undefined && before.content.length > 0
  if (lost) {
    note({
      ...at,
      rule: 'response-body-undocumented',
      breaking: true,
      message: 'the docs no longer say what the body is',
    })
  } else if (after.undocumentedBody === undefined) {
    const content = {
      before: before.content,
      after: after.content,
      oldAt: before.source,
      newAt: after.source,
    }
    diffContent(old, now, content, { direction: 'response', label: `${label} body`, spot: at.spot, note })
  }
  for (const header of before.headers.filter(({ required }) => required === true)) {
    const other = after.headers.find(({ name }) => name.toLowerCase() === header.name.toLowerCase())
    if (other?.required === true) continue
    const message = `the header ${header.name} was always there and ${other ? 'may be absent' : 'is gone'}`
    note({
      ...at,
      rule: other ? 'response-header-became-optional' : 'response-header-removed',
      breaking: true,
      message,
    })
  }
}

function side({ description }: Version, schema: unknown, fallback: SourceLocation): Side {
  const root = bundleSchema(schema, description.documents)
  return { root, node: [{ schema: root, pointer: '' }], fallback }
}
