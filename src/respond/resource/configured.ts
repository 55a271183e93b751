import type { Operation } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { pointerTokens } from '../../operation/pointer.js'
import { type Located, locate } from '../schema/located.js'
import { idMember } from './identity.js'
import { nounOf } from './names.js'
import { type Assignment, refusedOverride } from './overrides.js'
import { bodyOf } from './request-body.js'
import type { Resource, ResourceOperation } from './resource.js'
import type { Shapes } from './shape.js'
import { successOf } from './success.js'

const OF_ITEM: ReadonlySet<string> = new Set(['read', 'replace', 'patch', 'delete'])

/** The resources with what a person says besides: further operations of theirs, and further resources. */
export function configured(
  recognised: readonly Resource[],
  overrides: ReadonlyMap<string, Assignment | false>,
  operations: readonly Operation[],
  shapes: Shapes,
): Resource[] {
  const resources = new Map(recognised.map((one) => [one.collection, one]))
  const assigned = operations.flatMap((operation) => {
    const assignment = overrides.get(operation.operationId)
    return assignment ? [{ operation, assignment }] : []
  })
  for (const { operation, assignment } of assigned) {
    const { collection } = assignment
    const known = resources.get(collection)
    // Of a new resource any of its operations may say, or show, what its identifier is.
    const id = known?.id ?? idFor(collection, assigned, shapes)
    const path = known?.path ?? pathOf(operation)
    if (id === undefined) {
      throw refusedOverride(
        operation.operationId,
        `it is not evident which member tells items of "${collection}" apart; name it, as in { "id": "code" }, at one of its operations`,
      )
    }
    const added = assign(operation, assignment, id, shapes)
    resources.set(collection, { collection, path, id, operations: [...(known?.operations ?? []), added] })
  }
  return [...resources.values()]
}

type Assigned = readonly { readonly operation: Operation; readonly assignment: Assignment }[]

function idFor(collection: string, all: Assigned, shapes: Shapes): string | undefined {
  const own = all.filter(({ assignment }) => assignment.collection === collection)
  const said = own.flatMap(({ assignment }) => assignment.id ?? [])
  return (
    said[0] ?? own.flatMap(({ operation, assignment }) => idShown(operation, assignment, shapes) ?? [])[0]
  )
}

function idShown(operation: Operation, assignment: Assignment, shapes: Shapes): string | undefined {
  const schema = successOf(operation, assignment.action)?.schema
  if (!schema) return undefined
  const noun = nounOf(operation.path)
  const name =
    assignment.parameter ??
    (OF_ITEM.has(assignment.action) ? pathParameters(operation.path).at(-1) : undefined)
  const parameter = name === undefined ? undefined : { name, schema: locate(true) }
  const idOf = (item: Located): string | undefined => idMember(item, parameter, noun, shapes)
  const at = assignment.items === undefined ? undefined : shapes.at(schema, pointerTokens(assignment.items))
  const found =
    at ??
    (assignment.action === 'list'
      ? shapes.list(schema, noun, () => true)
      : shapes.item(schema, noun, (item) => idOf(item) !== undefined)
    )?.item
  const item = found && (shapes.items(found) ?? found)
  return item && idOf(item)
}

function assign(
  operation: Operation,
  { action, collection, parameter: named, items, body }: Assignment,
  id: string,
  shapes: Shapes,
): ResourceOperation {
  const refuse = (what: string): Error => refusedOverride(operation.operationId, what)
  const success = successOf(operation, action)
  if (!success) throw refuse(`its docs have no success, so it cannot ${action} items of "${collection}"`)
  const inPath = pathParameters(operation.path)
  const parameter = named ?? (OF_ITEM.has(action) ? inPath.at(-1) : undefined)
  const known = operation.parameters
    .filter((one) => one.in === 'path' || one.in === 'query')
    .map(({ name }) => name)
  if (named !== undefined && !known.includes(named)) {
    throw refuse(`it has no parameter "${named}" in path or query; it has: ${known.join(', ') || 'none'}`)
  }
  const noun = nounOf(operation.path)
  const hasId = (item: Located): boolean => shapes.names(item).includes(id)
  const found =
    success.schema &&
    (action === 'list' ? shapes.list(success.schema, noun, hasId) : shapes.item(success.schema, noun, hasId))
  const shown = items === undefined ? found?.tokens : pointerTokens(items)
  if (action === 'list' && !shown) {
    throw refuse(
      `its reply shows no list of items with the member "${id}"; say where it stands, as in { "items": "/data" }`,
    )
  }
  const item = found?.item ?? locate(true)
  return {
    operation,
    action,
    parents: inPath.filter((name) => name !== parameter),
    parameter,
    shown,
    body: body === undefined ? (bodyOf(operation, item, noun, shapes)?.tokens ?? []) : pointerTokens(body),
  }
}

/** Of the collection, as far as it can be told from one operation. */
const pathOf = ({ path }: Operation): string => path.replace(/\/\{[^{}/]+\}$/, '')
