import type { Flat } from './flatten.js'
import { wholeMatch } from './pattern.js'
import type { Alternative } from './scalar.js'

/** A value of the type, where the documentation shows none. Only the example of a contract; matchers decide what is accepted. */
export function sampleOf(way: Alternative): unknown {
  if (way.type === 'string') return textFor(way)
  if (way.type === 'boolean') return true
  return way.type === 'null' ? null : 1
}

const SAMPLES = [
  'string',
  '2024-01-31T12:30:00Z',
  '2024-01-31',
  '12:30:00Z',
  '0b54e3f8-9c1d-4e0a-8f67-5d2f3f0b7a11',
  '1',
  '1111',
  'a',
  'A',
  'user@example.com',
  'https://example.com/',
]

/** The first plain text that meets every expression; with lengths, one of the least length. */
function textFor({ patterns }: Alternative): string {
  const expressions = patterns.map(({ text }) => wholeMatch(text))
  const least = patterns.map(({ text }) => Number(/^\[\\s\\S\]\{(\d+),/.exec(text)?.[1] ?? 0))
  const length = Math.max(1, ...least)
  const candidates = [...SAMPLES, ...['a', '1', 'A', '0'].map((sign) => sign.repeat(length))]
  return candidates.find((text) => expressions.every((expression) => expression.test(text))) ?? 'string'
}

/** What the schema itself shows: `default`, `example` (OpenAPI 3.0), `examples`. */
export function shownBySchema(flat: Flat): unknown {
  const examples = flat.keywords.get('examples')?.schema
  return (
    (Array.isArray(examples) ? examples[0] : undefined) ??
    flat.keywords.get('example')?.schema ??
    flat.keywords.get('default')?.schema
  )
}
