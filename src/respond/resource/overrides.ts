import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { errors } from '../../errors.js'
import type { ApiDescription } from '../../operation/description.js'
import { didYouMean } from '../../operation/nearest.js'
import { ACTIONS } from './resource.js'

const Assignment = Type.Object(
  {
    /** One that was recognised, or a name for a new one. */
    collection: Type.String({ minLength: 1, pattern: '^[^$]' }),
    action: Type.Union(ACTIONS.map((action) => Type.Literal(action))),
    /** The member that tells items from each other. */
    id: Type.Optional(Type.String({ minLength: 1 })),
    /** The parameter of path or query that names the item; the path's last one by default. */
    parameter: Type.Optional(Type.String({ minLength: 1 })),
    /** JSON pointer to the item, or to the list of them, in the reply. */
    items: Type.Optional(Type.String({ pattern: '^(/.*)?$' })),
    /** JSON pointer to the item in the request's body. */
    body: Type.Optional(Type.String({ pattern: '^(/.*)?$' })),
  },
  { additionalProperties: false },
)
export type Assignment = Static<typeof Assignment>

/**
 * What a person says of resources where the recognition does not see it: by operation id what it does
 * to which collection, or false for one that only replays. False in place of all turns recognition off.
 */
export const ResourceOverrides = Type.Union([
  Type.Literal(false),
  Type.Record(Type.String(), Type.Union([Type.Literal(false), Assignment])),
])
export type ResourceOverrides = Static<typeof ResourceOverrides>

/** What an override has to be, to be read after "expected". */
export const EXPECTED_OVERRIDES = `false, or an object of operation ids, each with false or { collection, action }; action is ${ACTIONS.join(', ')}, and id, parameter, items and body may be added`

/** The overrides by operation id. Throws STANDIN_ERR_RESOURCES, which names the key and what is allowed. */
export function checkedOverrides(
  given: unknown,
  { operations }: ApiDescription,
): ReadonlyMap<string, Assignment | false> {
  if (!Value.Check(ResourceOverrides, given)) throw new errors.STANDIN_ERR_RESOURCES(...flawOf(given))
  const entries = Object.entries(given || {})
  if (entries.length > 0) {
    const ids = operations.map(({ operationId }) => operationId)
    const known = new Set(ids)
    for (const [id] of entries) {
      if (known.has(id)) continue
      const hint = didYouMean(id, ids) || ` The description has: ${ids.slice(0, 10).join(', ')}.`
      throw refusedOverride(id, `there is no operation with that id.${hint}`)
    }
  }
  return new Map(entries)
}

export const refusedOverride = (operationId: string, what: string): Error =>
  new errors.STANDIN_ERR_RESOURCES(`resources.${operationId}`, what)

function flawOf(given: unknown): [place: string, what: string] {
  const isMap = typeof given === 'object' && given !== null && !Array.isArray(given)
  for (const [id, one] of isMap ? Object.entries(given) : []) {
    if (one === false || Value.Check(Assignment, one)) continue
    return [`resources.${id}`, `expected ${expectedOf(one)}, got ${JSON.stringify(one) ?? String(one)}`]
  }
  return ['resources', `expected ${EXPECTED_OVERRIDES}, got ${JSON.stringify(given) ?? String(given)}`]
}

/** What is wrong with the one member that is wrong, if it is only one. */
function expectedOf(one: unknown): string {
  const [error] = typeof one === 'object' && one !== null ? Value.Errors(Assignment, one) : []
  if (!error) return 'false, or an object with collection and action'
  const member = error.path.slice(1)
  if (member === 'action') return `one of ${ACTIONS.join(', ')} as action`
  if (member === 'items' || member === 'body') return `a JSON pointer such as /data as ${member}`
  if (Object.hasOwn(Assignment.properties, member)) return `a text as ${member}`
  return `only ${Object.keys(Assignment.properties).join(', ')}`
}
