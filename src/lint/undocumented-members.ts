import type { TSchema } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { isObject } from '../operation/json-object.js'
import type { Example, MediaType, Operation } from '../operation/operation.js'
import { SOURCE_KEYWORD } from '../operation/source.js'
import { LineIndex } from '../parse/line-index.js'

/** Deeper than any table lists. */
const DEEPEST = 16

/**
 * Members that samples show and the table beside them does not list. The schema of a body tells:
 * a member that a row describes carries the row's place, one that only samples show carries none.
 * Said once for each body, at the first sample.
 */
export const undocumentedMembers = ({ operations }: ApiDescription): Finding[] =>
  operations.flatMap((operation) => bodiesOf(operation).flatMap(({ what, media }) => membersOf(what, media)))

function bodiesOf({ requestBody, responses, method, path }: Operation): { what: string; media: MediaType }[] {
  const name = `${method} ${path}`
  return [
    ...(requestBody?.content ?? []).map((media) => ({ what: `request of ${name}`, media })),
    ...responses.flatMap(({ status, content }) =>
      content.map((media) => ({ what: `${status} of ${name}`, media })),
    ),
  ]
}

function membersOf(what: string, { schema, examples }: MediaType): Finding[] {
  const [first] = examples
  if (schema === undefined || first === undefined) return []
  const names: string[] = []
  collect(schema, '', names, 0)
  const places = names.length === 0 ? new Map<string, Example['source']>() : placesIn(examples)
  return names.map((name) => ({
    rule: 'sample-member-undocumented',
    severity: 'info',
    message: `The sample of the ${what} shows \`${name}\`, which the table does not list. Add a row for it, or correct its name.`,
    source: places.get(lastOf(name)) ?? first.source,
  }))
}

function collect(schema: TSchema, path: string, names: string[], depth: number): void {
  if (depth > DEEPEST) return
  const { properties, items, anyOf } = schema
  if (Array.isArray(anyOf)) for (const one of anyOf) collect(one, path, names, depth + 1)
  if (isSchema(items)) collect(items, `${path}[]`, names, depth + 1)
  if (typeof properties !== 'object' || properties === null) return
  const members = Object.entries<TSchema>(properties)
  const isListed = members.some(([, member]) => SOURCE_KEYWORD in member)
  for (const [name, member] of members) {
    const full = path === '' ? name : `${path}.${name}`
    if (isListed && !(SOURCE_KEYWORD in member) && !holdsRows(member, 0)) names.push(full)
    else collect(member, full, names, depth + 1)
  }
}

/** Whether rows describe something inside, as `pool.id` does without a row for `pool`. */
function holdsRows(schema: TSchema, depth: number): boolean {
  if (depth > DEEPEST) return false
  const { properties, items, anyOf } = schema
  const inside = [
    ...(isSchema(items) ? [items] : []),
    ...(Array.isArray(anyOf) ? anyOf.filter(isSchema) : []),
    ...(isObject(properties) ? Object.values<unknown>(properties).filter(isSchema) : []),
  ]
  return inside.some((one) => SOURCE_KEYWORD in one || holdsRows(one, depth + 1))
}

const isSchema = (value: unknown): value is TSchema => isObject(value)

const KEY = /"((?:[^"\\]|\\.){1,300})"\s{0,20}:/g

/** The place of the first sample that shows each name; the very line where the sample stands as written. */
function placesIn(examples: readonly Example[]): Map<string, Example['source']> {
  const places = new Map<string, Example['source']>()
  for (const { text, origin, source } of examples) {
    const lines = new LineIndex(origin === 'documented' ? text : '')
    for (const match of text.matchAll(KEY)) {
      const name = match[1] ?? ''
      const line = source.line + lines.lineAt(match.index) - 1
      if (!places.has(name)) places.set(name, { file: source.file, line })
    }
  }
  return places
}

/** The member's own name, as JSON writes it. */
const lastOf = (name: string): string =>
  JSON.stringify(name.slice(name.lastIndexOf('.') + 1).replaceAll('[]', '')).slice(1, -1)
