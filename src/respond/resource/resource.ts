import type { Operation } from '../../operation/operation.js'

/** What an operation does to a resource. */
export const ACTIONS = ['list', 'create', 'read', 'replace', 'patch', 'delete'] as const
export type Action = (typeof ACTIONS)[number]

/** One operation of a resource, and where it carries what. */
export interface ResourceOperation {
  readonly operation: Operation
  readonly action: Action
  /** The path parameters that name the parents, outermost first: the collection is one of each parent. */
  readonly parents: readonly string[]
  /** The parameter of path or query that names the item; undefined for the collection's own operations. */
  readonly parameter: string | undefined
  /** Tokens of a pointer to the item, or to the items, in the reply of success; undefined where it shows none. */
  readonly shown: readonly string[] | undefined
  /** Tokens of a pointer to the item in the request's body. */
  readonly body: readonly string[]
}

/** Operations that together keep a collection of documents. */
export interface Resource {
  /** The collection of the state: the words of the path, such as `users.posts`. */
  readonly collection: string
  /** The path of the collection, parameters included. */
  readonly path: string
  /** The member of an item that tells it from others. */
  readonly id: string
  readonly operations: readonly ResourceOperation[]
}

/** A resource as it is told to people. */
export interface ResourceSummary {
  readonly collection: string
  /** The path of the collection, parameters included. */
  readonly path: string
  readonly id: string
  readonly operations: readonly { readonly operationId: string; readonly action: Action }[]
}

export const summaryOf = ({ collection, path, id, operations }: Resource): ResourceSummary => ({
  collection,
  path,
  id,
  operations: operations.map(({ operation, action }) => ({ operationId: operation.operationId, action })),
})
