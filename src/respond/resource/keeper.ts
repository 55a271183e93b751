import type { Making } from '../generated.js'
import type { GetStored } from '../reply.js'
import { type Located, locate } from '../schema/located.js'
import type { StateReader } from '../state.js'
import { Documents } from './documents.js'
import { keyOf, type Scope } from './key.js'
import type { Resource, ResourceOperation } from './resource.js'
import { bodyOf, itemContent } from './request-body.js'
import type { Shapes } from './shape.js'
import { ShownBody } from './shown-body.js'
import { type Success, successOf, withStored } from './success.js'
import { Templates } from './templates.js'
import { nounOf } from './names.js'

/** What the resources of a description have in common. */
export interface KeepingParts {
  readonly making: Making
  readonly shapes: Shapes
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The examples as they are replayed. */
  readonly stored: GetStored
}

/** One resource, ready to be kept: its documents, and how each of its operations shows them. */
export class Keeper {
  readonly documents: Documents
  #version = 0
  readonly #bodies = new Map<ResourceOperation, ShownBody | undefined>()

  constructor(
    readonly resource: Resource,
    readonly parts: KeepingParts,
    /** The resource of the items that this collection lies below. */
    readonly above: Keeper | undefined,
  ) {
    this.documents = new Documents(resource.collection, new Templates(resource, parts.making, parts.stored))
  }

  /** Goes up whenever what the examples show has changed, and with it what was made of them. */
  get version(): number {
    return this.#version
  }

  /** An example has changed. What requests changed stays as it is. */
  refresh(): void {
    this.#version++
    this.documents.templates.refresh()
    this.#bodies.clear()
  }

  /** How an operation shows items; undefined where its reply shows none. */
  shownBy(operation: ResourceOperation): ShownBody | undefined {
    if (!this.#bodies.has(operation)) this.#bodies.set(operation, this.#body(operation))
    return this.#bodies.get(operation)
  }

  /** Where the docs show most of an item: what reads one, else what lists or changes them. */
  get main(): ShownBody | undefined {
    for (const action of ['read', 'list', 'replace', 'patch', 'create'] as const) {
      for (const one of this.resource.operations) {
        const body = one.action === action ? this.shownBy(one) : undefined
        if (body) return body
      }
    }
    return undefined
  }

  get schema(): Located {
    return this.main?.schema ?? locate(true)
  }

  /** An item as the docs show it, above all in the reply of the operation; made from the schema where they show none. */
  referenceFor(one: ResourceOperation): Readonly<Record<string, unknown>> {
    const own = this.shownBy(one)
    const shown = own?.isDocumented === true ? own.reference : {}
    return { ...(this.documents.templates.sample ?? this.main?.reference), ...shown }
  }

  /** The members that a request may send; undefined where the docs leave that open. */
  sentBy({ operation }: ResourceOperation): ReadonlySet<string> | undefined {
    if (!itemContent(operation)) return operation.requestBody ? undefined : new Set()
    const { shapes } = this.parts
    const body = bodyOf(operation, this.schema, nounOf(operation.path), shapes)
    return body && body.names.length > 0 ? new Set(body.names) : undefined
  }

  /** Whether the innermost parent was deleted. Of those that nobody spoke of it is not known that they are not there. */
  lacksParent(state: StateReader, scope: Scope): boolean {
    const parent = scope.at(-1)
    if (!this.above || parent === undefined) return false
    return this.above.documents.isDeleted(state, keyOf(scope.slice(0, -1), parent))
  }

  #body(one: ResourceOperation): ShownBody | undefined {
    const success: Success | undefined = successOf(one.operation, one.action)
    if (!one.shown || !success?.schema) return undefined
    const shown = withStored(success, one.operation, this.parts.stored)
    return new ShownBody(one, one.shown, shown, this.resource.id, this.parts)
  }
}
