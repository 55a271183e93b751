import type { Delay } from './override.js'

/** Ten minutes, in milliseconds: longer than any client waits. */
export const LONGEST_DELAY = 600_000

/** Milliseconds to wait. `random` gives numbers from 0 up to, but not, 1. */
export function delayOf(delay: Delay, random: () => number): number {
  if (typeof delay === 'number') return delay
  if ('min' in delay) return Math.round(delay.min + random() * (delay.max - delay.min))
  return Math.min(LONGEST_DELAY, Math.round(delay.median * Math.exp(delay.sigma * normal(random))))
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
