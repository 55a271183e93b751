import { isObject } from '../operation/json-object.js'
import type Handlebars from 'handlebars'
import { stringifyExact } from '../operation/json.js'

/** What the helpers of a template draw on. */
export interface Means {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 up to, but not, 1. */
  readonly random: () => number
}

/** The helpers of templates, those of Handlebars' own that only read among them. */
export const TEMPLATE_HELPERS = {
  if: true,
  unless: true,
  each: true,
  with: true,
  lookup: true,
  json: true,
  now: true,
  uuid: true,
  randomInt: true,
} as const

export function addHelpers(engine: typeof Handlebars): void {
  engine.registerHelper({
    json: (value: unknown) => stringifyExact(value ?? null),
    now: (...given: unknown[]) => {
      const [options, form] = [given.at(-1), given.length > 1 ? given[0] : undefined]
      const { now } = meansOf(options)
      const time = now() + 1000 * Number(hashOf(options)['offset'] ?? 0)
      if (form === 'epoch') return String(Math.floor(time / 1000))
      if (form === 'epoch-ms') return String(Math.floor(time))
      return new Date(time).toISOString()
    },
    uuid: (options: unknown) => uuid(meansOf(options).random),
    randomInt: (least: unknown, most: unknown, options: unknown) => {
      const [from, to] = [Math.ceil(Number(least)), Math.floor(Number(most))]
      return String(from + Math.floor(meansOf(options).random() * (to - from + 1)))
    },
  })
}

/** Version 4 (RFC 9562 section 5.4). */
function uuid(random: () => number): string {
  const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const SYSTEM: Means = { now: Date.now, random: Math.random }

const hashOf = (options: unknown): Record<string, unknown> => {
  const hash = isObject(options) ? options['hash'] : undefined
  return isObject(hash) ? hash : {}
}

function meansOf(options: unknown): Means {
  const data = isObject(options) ? options['data'] : undefined
  const means = isObject(data) ? data['means'] : undefined
  return isMeans(means) ? means : SYSTEM
}

const isMeans = (value: unknown): value is Means =>
  isObject(value) && typeof value['now'] === 'function' && typeof value['random'] === 'function'
