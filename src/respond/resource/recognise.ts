import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import type { Resolve } from '../schema/located.js'
import { collectionNames, collectionPath } from './names.js'
import { configured } from './configured.js'
import { checkedOverrides, type ResourceOverrides } from './overrides.js'
import { type Group, resourceOf } from './group.js'
import type { Resource } from './resource.js'
import { Shapes } from './shape.js'

/**
 * The resources that a description evidently has: a collection path and an item path below it (`/pets`,
 * `/pets/{petId}`), whose replies show items that an identifier tells apart, and which something
 * changes. Whatever leaves a doubt is left out, and so is what `left` names. Costs a few lookups an operation.
 *
 * @param given what a person says instead; see {@link ResourceOverrides}
 * @param left operations whose behaviour is somebody else's
 * @throws STANDIN_ERR_RESOURCES
 */
export function recogniseResources(
  description: ApiDescription,
  given: ResourceOverrides = {},
  left: ReadonlySet<string> = new Set(),
): Resource[] {
  const overrides = checkedOverrides(given, description)
  const resolve: Resolve = (id) => description.documents[id]
  const shapes = new Shapes(resolve)
  const free = ({ operationId }: Operation): boolean => !overrides.has(operationId) && !left.has(operationId)
  const groups = given === false ? [] : groupsOf(description.operations.filter(free))
  const recognised = groups.flatMap((group) => resourceOf(group, shapes) ?? [])
  const names = collectionNames(recognised.map(({ path }) => path))
  const named = recognised.map((one) => ({ ...one, collection: names.get(one.path) ?? one.path }))
  if (overrides.size === 0) return named
  return configured(named, overrides, description.operations, shapes)
}

function groupsOf(operations: readonly Operation[]): Group[] {
  const groups = new Map<string, Group>()
  for (const operation of operations) {
    const above = collectionPath(operation.path)
    const path = above ?? operation.path
    const shape = path.replaceAll(/\{[^{}]*\}/g, '{}')
    let group = groups.get(shape)
    if (!group) groups.set(shape, (group = { path, collection: [], items: [] }))
    group[above === undefined ? 'collection' : 'items'].push(operation)
  }
  return [...groups.values()]
}
