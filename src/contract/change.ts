import { type Static, Type } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { SourceLocation } from '../operation/source.js'
import { DIFF_RULES, type DiffRule } from './diff-rules.js'

/** One difference between two versions of a description. */
export const Change = Type.Object({
  /** Kebab-case id of the rule, such as `response-member-removed`. */
  rule: Type.Unsafe<DiffRule>({ type: 'string', enum: [...DIFF_RULES] }),
  /** Whether a consumer that kept to the old version can break. */
  breaking: Type.Boolean(),
  message: Type.String(),
  operationId: Type.String(),
  /** `request body pin`, `response 200 body data.msg`, `operation`. */
  where: Type.String(),
  /** In the old version; absent for what is new. */
  old: Type.Optional(SourceLocation),
  /** In the new version; absent for what is gone, or where its operation stands. */
  new: Type.Optional(SourceLocation),
  /** The known consumers whose pacts use it; absent where no pacts were given. */
  usedBy: Type.Optional(Type.Array(Type.String())),
})
export type Change = Static<typeof Change>

/** Where a change is, and how pacts are asked whether they use it. */
export interface Spot {
  readonly part: 'operation' | 'request' | 'response'
  readonly status?: string
  /** Concerns those who do not send the parameter or member. */
  readonly unsent?: true
  /** Members from the top of a body, `*` for items; undefined for what is not in a body. */
  readonly body?: readonly string[]
  readonly parameter?: { readonly in: string; readonly name: string }
}

/** One of the two versions of an operation, with all that its schemas refer to. */
export interface Version {
  readonly operation: Operation
  readonly description: ApiDescription
}

export type Found = Omit<Change, 'usedBy' | 'operationId'> & { readonly spot: Spot }
export type Note = (found: Found) => void

/** A location as optional members of a change. */
export const places = (
  old: SourceLocation | undefined,
  now: SourceLocation | undefined,
): { old?: SourceLocation; new?: SourceLocation } => ({
  ...(old ? { old } : {}),
  ...(now ? { new: now } : {}),
})
