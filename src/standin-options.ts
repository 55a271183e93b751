import { errors } from './errors.js'
import type { StandinOptions } from './standin.js'

/** Milliseconds. */
export interface DelayRange {
  readonly min: number
  readonly max: number
}

/** The bounds of a delay, from `200` or `100-300`; undefined where it is neither. */
export function delayRange(delay: number | string): DelayRange | undefined {
  const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(String(delay)) ?? []
  const [min, max] = [Number(low), Number(high)]
  return min <= max ? { min, max } : undefined
}

/** The bounds of a delay. Throws STANDIN_ERR_USAGE. */
export function parseDelay(delay: number | string): DelayRange {
  const range = delayRange(delay)
  if (range) return range
  throw refused('delay', delay, 'milliseconds (200) or a range of them (100-300)')
}

/** Bytes, of which there is at least one. Throws STANDIN_ERR_USAGE. */
export function checkBodyLimit(bytes: number): number {
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  throw refused('bodyLimit', bytes, 'a number of bytes, at least 1')
}

/** The path of a page, or undefined for `off`. Throws STANDIN_ERR_USAGE. */
export function parsePagePath(name: 'docsPath' | 'openapiPath', path: string): string | undefined {
  if (path === 'off') return undefined
  if (path.startsWith('/')) return path
  throw refused(name, path, 'a path that begins with /, or off')
}

const refused = (name: keyof StandinOptions, value: unknown, expected: string): Error =>
  new errors.STANDIN_ERR_USAGE(`The option ${name} has to be ${expected}, got ${String(value)}.`)
