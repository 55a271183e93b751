import { storedValue } from '../store/document.js'
import type { Override, Step } from './override.js'

/**
 * An override with the digits that its values were written with, wherever a value is the API's and not
 * Standin's: in bodies. `exact` is the same override as parseExact reads it.
 */
export function withDigits(override: Override, exact: unknown): Override {
  const { sequence } = override
  const steps: unknown = member(exact, 'sequence')
  return {
    ...override,
    ...bodyOf(override, exact),
    ...(sequence && {
      sequence: sequence.map((step, index) => ({
        ...step,
        ...bodyOf(step, Array.isArray(steps) ? steps[index] : undefined),
      })),
    }),
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined

const bodyOf = ({ body }: Step, exact: unknown): Pick<Step, 'body'> => {
  const written = member(exact, 'body')
  return body === undefined || written === undefined ? {} : { body: storedValue(written) }
}
