import { errors } from '../../errors.js'
import type { ApiDescription } from '../../operation/description.js'
import { didYouMean } from '../../operation/nearest.js'
import { type Action, ACTIONS } from './resource.js'
import { isMap } from './scalar.js'

/** What one operation does, as a person says it. */
export interface Assignment {
  /** One that was recognised, or a name for a new one. */
  readonly collection: string
  readonly action: Action
  /** The member that tells items from each other. */
  readonly id?: string
  /** The parameter of path or query that names the item; the path's last one by default. */
  readonly parameter?: string
  /** JSON pointer to the item, or to the list of them, in the reply. */
  readonly items?: string
  /** JSON pointer to the item in the request's body. */
  readonly body?: string
}

/**
 * What a person says of resources where the recognition does not see it: by operation id what it does
 * to which collection, or false for one that only replays. False in place of all turns recognition off.
 */
export type ResourceOverrides = false | Readonly<Record<string, false | Assignment>>

/** The overrides by operation id. Throws STANDIN_ERR_RESOURCES, which names the key and what is allowed. */
export function checkedOverrides(
  given: unknown,
  { operations }: ApiDescription,
): ReadonlyMap<string, Assignment | false> {
  if (given === false) return new Map()
  if (!isMap(given)) {
    throw new errors.STANDIN_ERR_RESOURCES(
      'resources',
      `expected false, or an object of operation ids, got ${JSON.stringify(given) ?? String(given)}`,
    )
  }
  const entries = Object.entries(given)
  if (entries.length > 0) {
    const ids = operations.map(({ operationId }) => operationId)
    const known = new Set(ids)
    for (const [id] of entries) {
      if (known.has(id)) continue
      const hint = didYouMean(id, ids) || ` The description has: ${ids.slice(0, 10).join(', ')}.`
      throw refusedOverride(id, `there is no operation with that id.${hint}`)
    }
  }
  return new Map(entries.map(([id, one]) => [id, one === false ? one : assignmentOf(id, one)]))
}

export const refusedOverride = (operationId: string, what: string): Error =>
  new errors.STANDIN_ERR_RESOURCES(`resources.${operationId}`, what)

const MEMBERS = ['collection', 'action', 'id', 'parameter', 'items', 'body']

function assignmentOf(operationId: string, given: unknown): Assignment {
  const refuse = (what: string): Error => refusedOverride(operationId, what)
  if (!isMap(given)) {
    throw refuse(`expected false, or an object with ${MEMBERS.join(', ')}, got ${JSON.stringify(given)}`)
  }
  const strange = Object.keys(given).find((name) => !MEMBERS.includes(name))
  if (strange !== undefined) {
    throw refuse(
      `there is no "${strange}".${didYouMean(strange, MEMBERS)} Allowed are ${MEMBERS.join(', ')}.`,
    )
  }
  const text = (name: string): string | undefined => {
    const value = given[name]
    if (value === undefined || (typeof value === 'string' && value !== '')) return value
    throw refuse(`${name} has to be a text, got ${JSON.stringify(value)}`)
  }
  const pointer = (name: string): string | undefined => {
    const value = given[name] === '' ? '' : text(name)
    if (value === undefined || value === '' || value.startsWith('/')) return value
    throw refuse(`${name} has to be a JSON pointer such as /data, got ${JSON.stringify(value)}`)
  }
  const collection = text('collection')
  if (collection === undefined) throw refuse('it needs a collection, such as "pets"')
  // What begins so is where deleted items are kept in mind.
  if (collection.startsWith('$')) throw refuse('a collection must not begin with $')
  const action = ACTIONS.find((one) => one === given['action'])
  if (!action) {
    throw refuse(`action has to be one of ${ACTIONS.join(', ')}, got ${JSON.stringify(given['action'])}`)
  }
  const [id, parameter, items, body] = [text('id'), text('parameter'), pointer('items'), pointer('body')]
  return {
    collection,
    action,
    ...(id !== undefined && { id }),
    ...(parameter !== undefined && { parameter }),
    ...(items !== undefined && { items }),
    ...(body !== undefined && { body }),
  }
}
