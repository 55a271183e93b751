import { once } from '../../operation/once.js'
import type { Behaviour, FindBehaviour } from '../behaviour.js'
import type { Making } from '../generated.js'
import type { GetStored } from '../reply.js'
import { Acting } from './acting.js'
import { patching, replacing } from './change.js'
import { creating } from './create.js'
import { Keeper, type KeepingParts } from './keeper.js'
import { listing } from './list.js'
import { collectionPath } from './names.js'
import { deleting, reading } from './read.js'
import type { Recognition } from './recognise.js'
import type { KeptDocuments } from './overlay.js'
import type { Action, Resource, ResourceOperation } from './resource.js'
import { Shapes } from './shape.js'

const BY_ACTION: Readonly<Record<Action, (acting: Acting) => Behaviour>> = {
  list: listing,
  create: creating,
  read: reading,
  replace: replacing,
  patch: patching,
  delete: deleting,
}

/** What the operations of resources do, each prepared at its first request; and what they keep. */
export class ResourceBehaviours {
  readonly #recognition: Recognition
  readonly #parts: KeepingParts
  readonly #keepers = new Map<Resource, Keeper>()
  readonly #documents = once(() => this.#documentsOfAll())

  /** @param stored the examples as they are replayed */
  constructor(
    recognition: Recognition,
    making: Making,
    now: () => number,
    stored: GetStored = () => undefined,
  ) {
    this.#recognition = recognition
    this.#parts = { making, shapes: new Shapes(making.resolve), now, stored }
  }

  /** The examples of these operations have changed, and with them the items that they show. */
  refresh(operationIds: ReadonlySet<string>): void {
    for (const [{ operations }, keeper] of this.#keepers)
      if (operations.some(({ operation }) => operationIds.has(operation.operationId))) keeper.refresh()
  }

  readonly find: FindBehaviour = (operation) => {
    const resource = this.#recognition.of(operation)
    const one = resource?.operations.findLast((each) => each.operation.operationId === operation.operationId)
    return resource && one && this.#behaviourOf(this.#keeperOf(resource), one)
  }

  /** Made anew where an example that it rests on has changed. */
  #behaviourOf(keeper: Keeper, one: ResourceOperation): Behaviour {
    let made: { readonly behaviour: Behaviour; readonly version: number } | undefined
    return (context) => {
      const { version } = keeper
      if (made?.version !== version)
        made = { behaviour: BY_ACTION[one.action](new Acting(keeper, one)), version }
      return made.behaviour(context)
    }
  }

  /** Of all resources, by collection; those of parents before those below them. */
  get documents(): KeptDocuments {
    return this.#documents()
  }

  #documentsOfAll(): KeptDocuments {
    const outermost = this.#recognition.all.toSorted((a, b) => a.path.length - b.path.length)
    return new Map(
      outermost.map((resource) => {
        const { documents } = this.#keeperOf(resource)
        return [documents.collection, documents]
      }),
    )
  }

  #keeperOf(resource: Resource): Keeper {
    let keeper = this.#keepers.get(resource)
    if (!keeper) {
      const above = collectionPath(resource.path.slice(0, resource.path.lastIndexOf('}') + 1))
      const parent = above === undefined ? undefined : this.#recognition.at(above)
      keeper = new Keeper(resource, this.#parts, parent && this.#keeperOf(parent))
      this.#keepers.set(resource, keeper)
    }
    return keeper
  }
}
