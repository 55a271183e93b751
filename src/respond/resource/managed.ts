import { LosslessNumber } from '../../operation/json.js'
import { normalise } from '../pair/member-names.js'
import { stringOf } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { scalarText } from './scalar.js'
import type { Shapes } from './shape.js'

/** Which moment a member tells. */
type Moment = 'created' | 'changed'

const CREATED =
  /^(date)?(created|creation|create|inserted|added|registered|joined|submitted)(at|on|date|time|datetime|timestamp)?$/
const CHANGED =
  /^(date|last)?(updated|update|modified|changed|edited|lastmodified|lastupdated)(at|on|date|time|datetime|timestamp)?$/

/** The moment that a member tells by its name: `createdAt`, `last_modified`. */
export function momentOf(name: string): Moment | undefined {
  const words = normalise(name)
  if (CREATED.test(words)) return 'created'
  return CHANGED.test(words) ? 'changed' : undefined
}

/**
 * A moment as a member of this schema tells it: a date-time, a date, or seconds or milliseconds since
 * 1970 where the docs show such a number. Undefined where it tells it otherwise.
 *
 * @param shown the value that the docs show there
 */
export function timeValue(schema: Located, shown: unknown, now: number, shapes: Shapes): unknown {
  const format = [...shapes.parts(schema)].map((part) => stringOf(part.schema, 'format')).find(Boolean)
  const text = scalarText(shown)
  const iso = new Date(now).toISOString()
  if (format === 'date') return iso.slice(0, 10)
  const isDateTime =
    format === 'date-time' || (typeof shown === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(shown))
  // With milliseconds only where the docs show them.
  if (isDateTime) return text !== undefined && /\.\d/.test(text) ? iso : iso.replace(/\.\d+Z/, 'Z')
  if (typeof shown === 'string' || text === undefined || !/^\d{9,13}$/.test(text)) return undefined
  return new LosslessNumber(text.length > 11 ? String(now) : String(Math.floor(now / 1000)))
}

/**
 * Whether the server alone says what a member is: it is `readOnly`, or what a request may send does
 * not list it.
 *
 * @param sent the members that a request may send; undefined where the docs leave that open
 */
export const isManaged = (
  name: string,
  schema: Located | undefined,
  sent: ReadonlySet<string> | undefined,
  shapes: Shapes,
): boolean =>
  (schema !== undefined && shapes.isHidden(schema, 'request')) ||
  (sent !== undefined && schema !== undefined && !sent.has(name))
