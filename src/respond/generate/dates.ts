import type { Random } from './random.js'

/** 2024-01-01, from which all dates are counted: the same body comes out whatever the day. */
const EPOCH = Date.UTC(2024, 0, 1)
const DAY = 86_400_000

/** Whole seconds, in an order that names suggest: created in 2024, updated after, expiring years later. */
export function dateFor(words: string, random: Random): Date {
  const day = random.integer(0, 364)
  const second = random.integer(0, 86_399)
  let from = EPOCH
  if (/\b(updated?|modified|changed|last|ended|end|finished|completed)\b/.test(words)) from += 365 * DAY
  if (/\b(expires?|expiry|expiration|due|until|valid)\b/.test(words)) from += 6 * 365 * DAY
  if (/\b(birth|born|birthday|dob)\b/.test(words)) from -= 35 * 365 * DAY
  return new Date(from + day * DAY + second * 1000)
}

export const dateTime = (date: Date): string => date.toISOString().replace('.000Z', 'Z')
export const dateOnly = (date: Date): string => date.toISOString().slice(0, 10)
export const timeOnly = (date: Date): string => dateTime(date).slice(11)
