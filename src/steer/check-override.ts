import type { Operation } from '../operation/operation.js'
import { joinPointer } from '../operation/pointer.js'
import { nearest } from '../operation/nearest.js'
import { responseFor } from '../respond/choose.js'
import type { Override, Step } from './override.js'
import { Refused } from './refused.js'

/**
 * Holds what an override names against the docs: its operation, and the examples of that. A status may be
 * one that the docs do not have. Throws {@link Refused} with what there is instead.
 */
export function checkOverride(override: Override, operations: readonly Operation[]): void {
  const { operationId, sequence } = override
  const operation = operations.find((one) => one.operationId === operationId)
  if (operationId !== undefined && !operation) {
    throw new Refused('/operationId', unknownOperation(operationId, operations), 'unknown')
  }
  if (operation) checkPathNames(override, operation)
  checkStep(override, '', operation)
  for (const [index, step] of (sequence ?? []).entries()) checkStep(step, `/sequence/${index}`, operation)
}

/** A parameter that the path has not would be missed by every call. */
function checkPathNames({ when }: Override, { operationId, path }: Operation): void {
  const known = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  for (const [name, match] of Object.entries(when?.path ?? {})) {
    const absent = typeof match === 'object' && match !== null && 'present' in match && !match.present
    if (known.includes(name) || absent) continue
    throw new Refused(
      joinPointer('/when/path', name),
      `The path of ${operationId}, ${path}, has no parameter '${name}'. ${instead(name, known)}`,
      'unknown',
    )
  }
}

/** How many names a message lists. */
const LISTED = 10

export function unknownOperation(operationId: string, operations: readonly Operation[]): string {
  const ids = operations.map((one) => one.operationId)
  return `There is no operation '${operationId}'. ${instead(operationId, ids)}`
}

/** What could have been meant: the nearest name, and the first of all. */
export function instead(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const listed = known.slice(0, LISTED).join(', ')
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : ''
  return `${near === undefined ? '' : `Did you mean '${near}'? `}${known.length === 0 ? 'There is none' : `There is: ${listed}${more}`}`
}

function checkStep({ example, status }: Step, pointer: string, operation: Operation | undefined): void {
  if (example === undefined) return
  const place = `${pointer}/example`
  if (!operation) throw new Refused(place, 'An example belongs to an operation: add its operationId')
  const shown = operation.responses.flatMap((response) =>
    response.content.flatMap(({ examples }) => examples.map(({ name }) => ({ name, response }))),
  )
  const within = status === undefined ? undefined : responseFor(operation, status)
  const fitting = shown.filter(({ response }) => status === undefined || response === within)
  if (fitting.some(({ name }) => name === example)) return
  const names = shown.map(({ name, response }) => `${response.status}/${name}`)
  const of = status === undefined ? operation.operationId : `${operation.operationId} for status ${status}`
  throw new Refused(
    place,
    `The docs show no example '${example}' of ${of}. ${instead(example, names)}`,
    'unknown',
  )
}
