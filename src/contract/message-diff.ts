import { essenceOf } from '../operation/media-type.js'
import { accepts } from './compare-request.js'
import type { MediaType, Response } from '../operation/operation.js'
import type { SourceLocation } from '../operation/source.js'
import { type Note, places, type Spot, type Version } from './change.js'
import { responseFor } from './schema-check.js'
import { diffSchemas, sideOf } from './schema-diff.js'

export function diffRequestBody(old: Version, now: Version, note: Note): void {
  const [before, after] = [old.operation.requestBody, now.operation.requestBody]
  const at = {
    where: 'request body',
    spot: { part: 'request', body: [] } as Spot,
    ...places(before?.source ?? old.operation.source, after?.source ?? now.operation.source),
  }
  const anyone: Spot = { part: 'operation' }
  if (after?.required === true && before?.required !== true) {
    const message = before ? 'the body was optional and is required' : 'a body is required now'
    note({ ...at, spot: anyone, rule: 'request-body-required', breaking: true, message })
  } else if (after && !before) {
    note({ ...at, spot: anyone, rule: 'request-body-added', breaking: false, message: 'a body may be sent' })
  }
  if (before && !after)
    note({ ...at, rule: 'request-body-removed', breaking: false, message: 'a body is no longer documented' })
  if (!before || !after) return
  if (before.required === true && after.required !== true) {
    const message = 'the body was required and is optional'
    note({ ...at, rule: 'request-body-became-optional', breaking: false, message })
  }
  const content = { before: before.content, after: after.content, oldAt: before.source, newAt: after.source }
  diffContent(old, now, content, { direction: 'request', label: 'request body', spot: at.spot, note })
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
  { before, after, oldAt, newAt }: Content,
  context: Parameters<typeof diffSchemas>[2],
): void {
  const { direction, label, spot, note } = context
  const others = new Map(after.map((media) => [essenceOf(media.mediaType), media]))
  const at = { where: label, spot, ...places(oldAt, newAt) }
  const seen = new Map<unknown, unknown>()
  for (const media of before) {
    // A type may be sent on where a range takes it (`application/*`); what is read must be named.
    const other =
      others.get(essenceOf(media.mediaType)) ??
      (direction === 'request' ? after.find((one) => accepts(one.mediaType, media.mediaType)) : undefined)
    if (!other) {
      const message = `${media.mediaType} is gone`
      note({ ...at, rule: `${direction}-media-type-removed`, breaking: true, message })
      continue
    }
    others.delete(essenceOf(media.mediaType))
    // The same schema under another media type differs in the same way.
    if (!media.schema || !other.schema || seen.get(media.schema) === other.schema) continue
    seen.set(media.schema, other.schema)
    diffSchemas(
      sideOf(direction, old, media.schema, oldAt),
      sideOf(direction, now, other.schema, newAt),
      context,
    )
  }
  for (const { mediaType } of others.values()) {
    note({ ...at, rule: `${direction}-media-type-added`, breaking: false, message: `${mediaType} is new` })
  }
}

export function diffResponses(old: Version, now: Version, note: Note): void {
  const [before, after] = [old.operation.responses, now.operation.responses]
  const known = new Set<string>()
  for (const response of before) {
    // A status may have moved into its class (`4XX`) or into the default.
    const other =
      after.find(({ status }) => status === response.status) ?? responseFor(after, Number(response.status))
    if (other) known.add(other.status)
    if (other) diffResponse(old, now, [response, other], note)
    else {
      note({
        ...places(response.source, now.operation.source),
        rule: 'response-status-removed',
        breaking: true,
        message: `status ${response.status} is gone`,
        where: `response ${response.status}`,
        spot: spotOf(response),
      })
    }
  }
  for (const { status, source } of after) {
    if (known.has(status)) continue
    note({
      ...places(old.operation.source, source),
      rule: 'response-status-added',
      breaking: false,
      message: `status ${status} is new`,
      where: `response ${status}`,
      spot: { part: 'operation' },
    })
  }
}

const spotOf = ({ status }: Response): Spot => ({ part: 'response', status })

function diffResponse(
  old: Version,
  now: Version,
  [before, after]: readonly [Response, Response],
  note: Note,
): void {
  const label = `response ${before.status}`
  const at = { ...places(before.source, after.source), where: label, spot: spotOf(before) }
  if (after.undocumentedBody === undefined) {
    const content = {
      before: before.content,
      after: after.content,
      oldAt: before.source,
      newAt: after.source,
    }
    diffContent(old, now, content, { direction: 'response', label: `${label} body`, spot: at.spot, note })
  } else if (before.undocumentedBody === undefined && before.content.length > 0) {
    const message = 'the docs no longer say what the body is'
    note({ ...at, rule: 'response-body-undocumented', breaking: true, message })
  }
  diffHeaders(old, now, [before, after], note)
}

function diffHeaders(
  old: Version,
  now: Version,
  [before, after]: readonly [Response, Response],
  note: Note,
): void {
  for (const header of before.headers) {
    const { name } = header
    const other = headerOf(after, name)
    const where = `response ${before.status} header ${name}`
    const at = { ...places(before.source, after.source), where, spot: spotOf(before) }
    if (!other) {
      note({ ...at, rule: 'response-header-removed', breaking: true, message: `the header ${name} is gone` })
      continue
    }
    if (header.required === true && other.required !== true) {
      const message = `the header ${name} was always there and may be absent`
      note({ ...at, rule: 'response-header-became-optional', breaking: true, message })
    }
    diffSchemas(
      sideOf('response', old, header.schema, before.source),
      sideOf('response', now, other.schema, after.source),
      { direction: 'response', label: where, spot: at.spot, note, textual: true },
    )
  }
  for (const { name } of after.headers) {
    if (headerOf(before, name)) continue
    note({
      ...places(before.source, after.source),
      rule: 'response-header-added',
      breaking: false,
      message: `the header ${name} is new`,
      where: `response ${before.status} header ${name}`,
      spot: spotOf(before),
    })
  }
}

const headerOf = ({ headers }: Response, name: string) =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())
