import type { Condition, ValueMatch } from '../../steer/condition.js'

/** Where in a request a value is looked for, and what the name beside it is there. */
export const PLACES = [
  { place: 'headers', label: 'header', hint: 'X-API-KEY' },
  { place: 'query', label: 'query', hint: 'page' },
  { place: 'path', label: 'path parameter', hint: 'id' },
  { place: 'body', label: 'body', hint: '/pin' },
] as const

export const HOWS = [
  { how: 'equals', label: 'is' },
  { how: 'contains', label: 'contains' },
  { how: 'matches', label: 'matches' },
  { how: 'present', label: 'is there' },
  { how: 'absent', label: 'is not there' },
] as const

/** One row of the form: all of them must hold. */
export interface ConditionRow {
  readonly place: (typeof PLACES)[number]['place']
  readonly name: string
  readonly how: (typeof HOWS)[number]['how']
  readonly value: string
}

export const NEW_ROW: ConditionRow = { place: 'headers', name: '', how: 'equals', value: '' }

/** Whether something is compared with a value. */
export const hasValue = ({ how }: ConditionRow): boolean => how !== 'present' && how !== 'absent'

/** The condition that the rows ask for; rows that name nothing yet ask for nothing. */
export function conditionOf(rows: readonly ConditionRow[]): Condition | undefined {
  const named = rows.filter(({ name }) => name.trim() !== '')
  if (named.length === 0) return undefined
  const condition: Condition = {}
  for (const row of named) {
    condition[row.place] = { ...condition[row.place], [keyOf(row.place, row.name)]: matchOf(row) }
  }
  return condition
}

/** The name that two rows have, of which a condition can hold one only. */
export function repeatedName(rows: readonly ConditionRow[]): string | undefined {
  const seen = new Set<string>()
  for (const { place, name } of rows) {
    const key = keyOf(place, name)
    if (key === '') continue
    // Names of headers are the same in any case (RFC 9110 section 5.1).
    const told = `${place} ${place === 'headers' ? key.toLowerCase() : key}`
    if (seen.has(told)) return key
    seen.add(told)
  }
  return undefined
}

/** A pointer begins with a slash; a person may leave it out. Empty where nothing is named yet. */
function keyOf(place: ConditionRow['place'], written: string): string {
  const name = written.trim()
  return place === 'body' && name !== '' && !name.startsWith('/') ? `/${name}` : name
}

function matchOf({ place, how, value }: ConditionRow): ValueMatch {
  if (how === 'contains') return { contains: value }
  if (how === 'matches') return { matches: value }
  if (how === 'equals') return { equals: place === 'body' ? jsonOrText(value) : value }
  return { present: how === 'present' }
}

/** `1` and `true` are what they are in JSON; what is no JSON is a text, so that it needs no quotes. */
function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
