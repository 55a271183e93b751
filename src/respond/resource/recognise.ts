import type { ApiDescription } from '../../operation/description.js'
import { grouped } from '../../operation/distinct.js'
import { once } from '../../operation/once.js'
import type { Operation } from '../../operation/operation.js'
import { collectionNames, collectionPath, shapeOf, shortName } from './names.js'
import { configured } from './configured.js'
import { type Assignment, checkedOverrides, type ResourceOverrides } from './overrides.js'
import { type Group, resourceOf } from './group.js'
import type { Resource } from './resource.js'
import { Shapes } from './shape.js'

/**
 * The resources that a description evidently has: a collection path and an item path below it (`/pets`,
 * `/pets/{petId}`), whose replies show items that an identifier tells apart, and which something
 * changes. Whatever leaves a doubt is left out. Each is recognised when it is first asked for, which
 * reads the operations of its paths and no others.
 */
export class Recognition {
  readonly #description: ApiDescription
  readonly #shapes: Shapes
  readonly #overrides: ReadonlyMap<string, Assignment | false>
  readonly #groups: () => readonly Group[]
  readonly #known = new Map<Group, Omit<Resource, 'collection'> | undefined>()
  readonly #named = new Map<Group, Resource>()
  readonly #byOperation = once(() => new Map(this.#groups().flatMap(operationsIn)))
  readonly #byShape = once(() => new Map(this.#groups().map((group) => [shapeOf(group.path), group])))
  readonly #byName = once(() => byShortName(this.#groups()))
  readonly #all = once(() => this.#recogniseAll())

  /**
   * @param given what a person says instead; see {@link ResourceOverrides}
   * @param left operations whose behaviour is somebody else's
   * @throws STANDIN_ERR_RESOURCES
   */
  constructor(
    description: ApiDescription,
    given: ResourceOverrides = {},
    left: ReadonlySet<string> = new Set(),
  ) {
    this.#description = description
    this.#shapes = new Shapes((id) => description.documents[id])
    this.#overrides = checkedOverrides(given, description)
    const free = ({ operationId }: Operation): boolean =>
      !this.#overrides.has(operationId) && !left.has(operationId)
    this.#groups = once(() => (given === false ? [] : groupsOf(description.operations.filter(free))))
    // What a person says has to be right, and may change what any resource is.
    if (this.#overrides.size > 0) this.#all()
  }

  /** All, in the order of the description. */
  get all(): readonly Resource[] {
    return this.#all()
  }

  /** The resource that an operation belongs to. */
  of({ operationId }: Operation): Resource | undefined {
    if (this.#overrides.size > 0) {
      return this.all.findLast(({ operations }) =>
        operations.some((one) => one.operation.operationId === operationId),
      )
    }
    const group = this.#byOperation().get(operationId)
    return group && this.#resourceOf(group)
  }

  /** The resource of a collection's path, whatever its parameters are called. */
  at(path: string): Resource | undefined {
    const shape = shapeOf(path)
    if (this.#overrides.size > 0) return this.all.findLast((one) => shapeOf(one.path) === shape)
    const group = this.#byShape().get(shape)
    return group && this.#resourceOf(group)
  }

  /** Recognises one resource after the other, for who has something else to do in between. */
  *steps(): Generator<void> {
    for (const group of this.#groups()) {
      this.#recognised(group)
      yield
    }
  }

  #recognised(group: Group): Omit<Resource, 'collection'> | undefined {
    if (!this.#known.has(group)) this.#known.set(group, resourceOf(group, this.#shapes))
    return this.#known.get(group)
  }

  #resourceOf(group: Group): Resource | undefined {
    const found = this.#recognised(group)
    if (!found) return undefined
    let named = this.#named.get(group)
    if (!named) {
      const rivals = this.#byName().get(shortName(group.path)) ?? []
      const paths = rivals.flatMap((rival) => this.#recognised(rival)?.path ?? [])
      named = { ...found, collection: collectionNames(paths).get(found.path) ?? found.path }
      this.#named.set(group, named)
    }
    return named
  }

  #recogniseAll(): Resource[] {
    const named = this.#groups().flatMap((group) => this.#resourceOf(group) ?? [])
    if (this.#overrides.size === 0) return named
    return configured(named, this.#overrides, this.#description.operations, this.#shapes)
  }
}

/** All resources of a description, at once. */
export const recogniseResources = (...how: ConstructorParameters<typeof Recognition>): readonly Resource[] =>
  new Recognition(...how).all

function groupsOf(operations: readonly Operation[]): Group[] {
  const groups = new Map<string, Group>()
  for (const operation of operations) {
    const above = collectionPath(operation.path)
    const path = above ?? operation.path
    const shape = shapeOf(path)
    let group = groups.get(shape)
    if (!group) groups.set(shape, (group = { path, collection: [], items: [] }))
    group[above === undefined ? 'collection' : 'items'].push(operation)
  }
  return [...groups.values()]
}

const operationsIn = (group: Group): [string, Group][] =>
  [...group.collection, ...group.items].map(({ operationId }) => [operationId, group])

function byShortName(groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> {
  const byName = grouped(groups, ({ path }) => shortName(path))
  return new Map(byName.map((alike) => [shortName(alike[0]?.path ?? ''), alike]))
}
