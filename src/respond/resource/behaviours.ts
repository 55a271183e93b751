import type { Behaviour, Behaviours } from '../behaviour.js'
import type { Making } from '../generated.js'
import { Acting } from './acting.js'
import { patching, replacing } from './change.js'
import { creating } from './create.js'
import { Keeper, type KeepingParts } from './keeper.js'
import { listing } from './list.js'
import { collectionPath } from './names.js'
import { deleting, reading } from './read.js'
import type { KeptDocuments } from './overlay.js'
import type { Action, Resource } from './resource.js'
import { Shapes } from './shape.js'

const BY_ACTION: Readonly<Record<Action, (acting: Acting) => Behaviour>> = {
  list: listing,
  create: creating,
  read: reading,
  replace: replacing,
  patch: patching,
  delete: deleting,
}

/** What the operations of resources do, by operation id, each prepared at its first request; and what they keep. */
export function resourceBehaviours(
  resources: readonly Resource[],
  making: Making,
  now: () => number,
): { readonly behaviours: Behaviours; readonly documents: KeptDocuments } {
  const parts: KeepingParts = { making, shapes: new Shapes(making.resolve), now }
  const keepers = new Map<string, Keeper>()
  const behaviours: [string, Behaviour][] = []
  // Parents before those below them.
  for (const resource of resources.toSorted((a, b) => a.path.length - b.path.length)) {
    const above = collectionPath(resource.path.slice(0, resource.path.lastIndexOf('}') + 1))
    const keeper = new Keeper(resource, parts, above === undefined ? undefined : keepers.get(shapeOf(above)))
    keepers.set(shapeOf(resource.path), keeper)
    for (const one of resource.operations) {
      let behaviour: Behaviour | undefined
      behaviours.push([
        one.operation.operationId,
        (context) => (behaviour ??= BY_ACTION[one.action](new Acting(keeper, one)))(context),
      ])
    }
  }
  return {
    behaviours: Object.fromEntries(behaviours),
    documents: new Map([...keepers.values()].map(({ documents }) => [documents.collection, documents])),
  }
}

const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}')
