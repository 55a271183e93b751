import { Value } from '@sinclair/typebox/value'
import { closest } from 'fastest-levenshtein'
import type { ApiModule } from '../apis/api-module.js'
import { errors } from '../errors.js'
import { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import type { Operation } from '../operation/operation.js'
import { pathShape } from '../operation/path.js'
import type { Behaviours } from '../respond/behaviour.js'

/**
 * The default export of a module as an API, if it is one. Behaviours are looked at when they are made.
 * @throws STANDIN_ERR_MODULE, with `place`
 */
export function checkedApi(exported: unknown, place: string): ApiModule {
  const fail = (what: string): Error => new errors.STANDIN_ERR_MODULE(place, what)
  if (!isObject(exported) || !('default' in exported))
    throw fail('it has no default export; end it with export default defineApi({ title, operations })')
  const api = exported['default']
  if (!isApi(api)) {
    throw fail(
      isObject(api) && 'description' in api
        ? 'behaviours and seed of the default export have to be functions, as defineApi makes them'
        : 'the default export is no API; make it one with defineApi({ title, operations }) from standin/describe',
    )
  }
  const { description, behaviours } = api
  const [problem] = Value.Errors(ApiDescription, description)
  if (problem)
    throw fail(`${problem.path} of the description: ${problem.message}, got ${shortly(problem.value)}`)
  const twice = sameTwice(description.operations)
  if (twice !== undefined) throw fail(twice)
  if (!behaviours) return api
  return {
    ...api,
    behaviours: (services) => checkedBehaviours(behaviours(services), description.operations, fail),
  }
}

/** What the types promise, looked at from the outside; the description is checked member by member after it. */
const isApi = (value: unknown): value is ApiModule =>
  isObject(value) &&
  isObject(value['description']) &&
  ['behaviours', 'seed'].every((name) => value[name] === undefined || typeof value[name] === 'function')

function sameTwice(operations: readonly Operation[]): string | undefined {
  const ids = new Set<string>()
  const routes = new Map<string, string>()
  for (const { operationId, method, path } of operations) {
    if (ids.has(operationId)) return `two operations have the id ${operationId}; give each its own`
    ids.add(operationId)
    const route = `${method} ${pathShape(path)}`
    const other = routes.get(route)
    if (other !== undefined)
      return `${operationId} and ${other} are both ${method} ${path}; only one of them can be served`
    routes.set(route, operationId)
  }
  return undefined
}

function checkedBehaviours(
  behaviours: Behaviours,
  operations: readonly Operation[],
  fail: (what: string) => Error,
): Behaviours {
  const ids = operations.map(({ operationId }) => operationId)
  for (const id of Object.keys(behaviours)) {
    if (!ids.includes(id)) {
      const nearest = ids.length > 0 ? `; the nearest is ${closest(id, ids)}` : ''
      throw fail(`behaviours has ${id}, but no operation has that id${nearest}`)
    }
    if (typeof behaviours[id] !== 'function') throw fail(`behaviours.${id} has to be a function`)
  }
  return behaviours
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
