import { isLosslessNumber } from '../../operation/json.js'
import { mapScalars } from '../../operation/json-walk.js'
import type { Document } from '../state.js'
import { isMap } from './scalar.js'

/** An item of the docs as the state has documents: frozen, numbers plain wherever that keeps their digits. */
export function storedForm(item: Document): Document {
  const copy = mapScalars(item, (scalar) => {
    if (!isLosslessNumber(scalar)) return scalar
    const number = Number(scalar.value)
    return String(number) === scalar.value ? number : Object.freeze(scalar)
  })
  const pending: unknown[] = [copy]
  for (const value of pending) {
    if (typeof value !== 'object' || value === null || isLosslessNumber(value)) continue
    Object.freeze(value)
    pending.push(...Object.values(value))
  }
  return isMap(copy) ? copy : {}
}
