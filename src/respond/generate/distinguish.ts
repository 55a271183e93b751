import { isObject } from '../../operation/json-object.js'
import type { Located } from '../schema/located.js'
import { referenced, schemasAt } from '../schema/keywords.js'
import { propertyNames } from '../schema/members.js'
import type { Maker } from './place.js'

/**
 * An object that meets several alternatives of a `oneOf`, because none of them requires anything,
 * with a null in a member of the others, so that it meets one only. Undefined where that is not it.
 */
export function distinguished(value: unknown, schemas: readonly Located[], maker: Maker): unknown {
  if (!isObject(value)) return undefined
  const { resolve } = maker.context
  const names = new Set<string>()
  for (const schema of schemas) {
    const target = referenced(schema, resolve)
    for (const located of target ? [schema, target] : [schema]) {
      for (const alternative of schemasAt(located, 'oneOf')) {
        for (const name of propertyNames(alternative, resolve))
          if (!Object.hasOwn(value, name)) names.add(name)
      }
    }
  }
  let changed: Record<string, unknown> = { ...value }
  for (const name of names) {
    changed = { ...changed, [name]: null }
    for (const candidate of [{ ...value, [name]: null }, changed]) {
      if (schemas.every((schema) => maker.admits(schema, candidate))) return candidate
    }
  }
  return undefined
}
