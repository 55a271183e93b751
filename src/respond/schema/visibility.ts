import type { AdmitContext } from './admits.js'
import type { Located } from './located.js'
import { partsOf } from './members.js'

/** Whether members of this schema have no place in messages of the direction: OpenAPI 3.1 section 4.8.24, JSON Schema validation 9.4. */
export function leftOut(located: Located, { resolve, direction }: AdmitContext): boolean {
  if (!direction) return false
  const keyword = direction === 'response' ? 'writeOnly' : 'readOnly'
  for (const { schema } of partsOf(located, resolve)) {
    if (typeof schema !== 'boolean' && schema[keyword] === true) return true
  }
  return false
}
