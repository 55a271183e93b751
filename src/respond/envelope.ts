import { isObject } from '../operation/json-object.js'
import { isJson } from '../operation/media-type.js'
import type { Example, Operation, Response } from '../operation/operation.js'
import { formatSource } from '../operation/source.js'
import { isLosslessNumber, LosslessNumber, parseExact, stringifyExact } from '../operation/json.js'
import { bestExample } from './choose.js'

/** The members that replies of an API share, by name, in how many of its operations. */
export type SharedMembers = ReadonlyMap<string, number>

/** Counts the top-level members over the documented successes; one that several operations share counts once. */
export function sharedMembers(operations: readonly Operation[]): SharedMembers {
  const counts = new Map<string, number>()
  const places = new Set<string>()
  let documented = 0
  for (const operation of operations) {
    const example = successExample(operation)
    const success = example && objectOf(example)
    if (!success || places.has(formatSource(example.source))) continue
    places.add(formatSource(example.source))
    documented++
    for (const name of Object.keys(success)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return new Map([...counts].filter(([, count]) => count * 2 >= documented))
}

/**
 * A body for a reply whose body the docs leave open, in the envelope that they do show: the members
 * of the operation's own success that most operations of the API have. Status codes and texts inside
 * it become those of this reply; what would be data is empty. Undefined where no success is shown.
 */
export function envelopeBody(
  operation: Operation,
  response: Response,
  status: number,
  shared: SharedMembers,
): string | undefined {
  const example = successExample(operation)
  const success = example && objectOf(example)
  if (!success) return undefined
  const own = Object.entries(success).filter(([name]) => shared.has(name))
  const members = own.length > 0 ? own : Object.entries(success)
  const text = response.description || `Status ${status}`
  return stringifyExact(
    Object.fromEntries(members.map(([name, value]) => [name, emptied(value, status, text)])),
  )
}

/** The JSON example that a success is best known by. */
function successExample(operation: Operation): Example | undefined {
  const shown = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content.flatMap(({ examples }) => examples))
    .filter(({ mediaType, origin }) => isJson(mediaType) && origin !== 'text')
  return bestExample(shown)
}

function objectOf({ text }: Example): Record<string, unknown> | undefined {
  const value = parseExact(text)
  return isObject(value) ? value : undefined
}

function emptied(value: unknown, status: number, text: string): unknown {
  if (isLosslessNumber(value)) return new LosslessNumber(looksLikeCode(value) ? String(status) : '0')
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return []
  if (isObject(value)) return {}
  return typeof value === 'boolean' ? false : value
}

const looksLikeCode = (number: LosslessNumber): boolean => /^[1-5]\d\d$/.test(number.value)
