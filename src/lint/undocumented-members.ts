import type { TSchema } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import type { Example, MediaType, Operation } from '../operation/operation.js'
import { SOURCE_KEYWORD } from '../operation/source.js'

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
  return names.map((name) => ({
    rule: 'sample-member-undocumented',
    severity: 'info',
    message: `The sample of the ${what} shows \`${name}\`, which the table does not list. Add a row for it, or correct its name.`,
    source: placeOf(name, examples) ?? first.source,
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
    ...(typeof properties === 'object' && properties !== null
      ? Object.values<unknown>(properties).filter(isSchema)
      : []),
  ]
  return inside.some((one) => SOURCE_KEYWORD in one || holdsRows(one, depth + 1))
}

const isSchema = (value: unknown): value is TSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The line that shows the member, where the sample stands in the page as it was read. */
function placeOf(name: string, examples: readonly Example[]): Example['source'] | undefined {
  const key = JSON.stringify(name.slice(name.lastIndexOf('.') + 1).replaceAll('[]', ''))
  for (const { text, origin, source } of examples) {
    const at = text.indexOf(key)
    if (at === -1) continue
    const line = origin === 'documented' ? text.slice(0, at).split('\n').length - 1 : 0
    return { file: source.file, line: source.line + line }
  }
  return undefined
}
