import { type TSchema, Type } from '@sinclair/typebox'
import { distinct, grouped } from './distinct.js'
import { mergeParameters } from './merge-parameters.js'
import type { Example, MediaType, RequestBody, Response } from './operation.js'

const RANK: Record<Example['origin'], number> = {
  edited: 0,
  documented: 1,
  recorded: 2,
  repaired: 3,
  text: 4,
  generated: 5,
}

/** The replies of several accounts, by status. A body is undocumented only where no account shows it. */
export function mergeResponses(accounts: readonly (readonly Response[])[]): Response[] {
  return grouped(accounts.flat(), ({ status }) => status).flatMap((responses) => {
    const [first] = responses
    if (first === undefined) return []
    if (responses.length === 1) return [first]
    const { undocumentedBody, ...rest } = first
    const merged: Response = {
      ...rest,
      headers: distinct(
        responses.flatMap(({ headers }) => headers),
        ({ name }) => name.toLowerCase(),
      ),
      content: mergeContent(responses.map(({ content }) => content)),
    }
    const description = responses.find((response) => response.description !== undefined)?.description
    if (description !== undefined) merged.description = description
    const silent = responses.every((response) => response.undocumentedBody !== undefined)
    return [silent && undocumentedBody !== undefined ? { ...merged, undocumentedBody } : merged]
  })
}

/** The request bodies of several accounts; required only where every account says so. */
export function mergeBodies(accounts: readonly (RequestBody | undefined)[]): RequestBody | undefined {
  const bodies = accounts.filter((body) => body !== undefined)
  const [first] = bodies
  if (first === undefined || bodies.length === 1) {
    // An account without a body does not ask for one.
    return first?.required && accounts.length > 1 ? { ...first, required: false } : first
  }
  const { required: _, ...rest } = first
  const merged: RequestBody = { ...rest, content: mergeContent(bodies.map(({ content }) => content)) }
  const description = bodies.find((body) => body.description !== undefined)?.description
  if (description !== undefined) merged.description = description
  const rows = bodies.filter((body) => body.parameters !== undefined).map((body) => body.parameters ?? [])
  if (rows.length > 0) merged.parameters = mergeParameters(rows)
  const stated = accounts.map((body) => body?.required)
  if (stated.every((required) => required === true)) merged.required = true
  else if (stated.some((required) => required !== undefined)) merged.required = false
  return merged
}

function mergeContent(accounts: readonly (readonly MediaType[])[]): MediaType[] {
  return grouped(accounts.flat(), ({ mediaType }) => mediaType.toLowerCase()).flatMap((types) => {
    const [first] = types
    if (first === undefined) return []
    if (types.length === 1) return [first]
    const schema = either(types.flatMap((type) => (type.schema === undefined ? [] : [type.schema])))
    const merged: MediaType = { ...first, examples: mergeExamples(types.flatMap(({ examples }) => examples)) }
    return [schema === undefined ? merged : { ...merged, schema }]
  })
}

/** Strict examples before repaired, repaired before text and generated; each body once, each name once. */
function mergeExamples(examples: readonly Example[]): Example[] {
  const sorted = distinct(
    examples.toSorted((a, b) => RANK[a.origin] - RANK[b.origin]),
    ({ text, encoding }) => `${encoding ?? ''} ${text}`,
  )
  const counts = new Map<string, number>()
  const taken = new Set(sorted.map(({ name }) => name))
  return sorted.map((example) => {
    const count = (counts.get(example.name) ?? 0) + 1
    counts.set(example.name, count)
    if (count === 1) return example
    let name = `${example.name}-${count}`
    while (taken.has(name)) name += `-${count}`
    taken.add(name)
    return { ...example, name }
  })
}

/** What one of the accounts allows is allowed. */
function either(schemas: readonly TSchema[]): TSchema | undefined {
  const different = distinct(schemas, (schema) => JSON.stringify(schema))
  const [first] = different
  return different.length > 1 ? Type.Union([...different]) : first
}
