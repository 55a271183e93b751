import type { SourceLocation } from '../../operation/source.js'
import { flatten, type Flat, type Node } from '../flatten.js'
import { listedValues, typesOf } from '../scalar.js'
import { unions } from '../union.js'
import { Limits } from '../unsupported.js'

/** One of the two versions of a schema, with what its references lead into. */
export interface Side {
  readonly root: unknown
  readonly node: Node
  /** Where no schema on the way says its own place. */
  readonly fallback: SourceLocation
}

/** A schema as it is compared: however it says that null is allowed. */
export interface Level {
  readonly flat: Flat
  /** Null is one of two alternatives, of which `flat` is the other. */
  readonly nullable: boolean
}

export function levelOf({ node, root }: Pick<Side, 'node' | 'root'>): Level {
  const flat = flatten(node, root, new Limits())
  const branches = unions(flat)?.branches ?? []
  const rest = branches.filter((branch) => !isNull(branch, root))
  const [only] = rest
  if (!only || rest.length > 1 || rest.length === branches.length) return { flat, nullable: false }
  const inner = levelOf({ node: only, root }).flat
  return { flat: { ...inner, visited: [...flat.visited, ...inner.visited] }, nullable: true }
}

function isNull(node: Node, root: unknown): boolean {
  const types = typesOf(flatten(node, root, new Limits()))
  return types?.length === 1 && types[0] === 'null'
}

export type Types = ReturnType<typeof typesOf>

/** The JSON types that a value may have; undefined for any. */
export function typesAt({ flat, nullable }: Level): Types {
  const types = typesOf(flat)
  return nullable && types && !types.includes('null') ? [...types, 'null'] : types
}

/** The values that a schema lists; whether null is one is told by the types. */
export const valuesAt = ({ flat }: Level): readonly unknown[] | undefined =>
  listedValues(flat)?.values.filter((value) => value !== null)

/** The alternatives of a schema that says nothing else; undefined for constants, which are compared as values. */
export const branchesAt = ({ flat }: Level): readonly Node[] | undefined =>
  listedValues(flat) ? undefined : unions(flat)?.branches

/** Whether names that are not documented may be members. */
export const isClosed = ({ flat }: Level): boolean =>
  ['additionalProperties', 'unevaluatedProperties'].some(
    (keyword) => flat.keywords.get(keyword)?.schema === false,
  )
