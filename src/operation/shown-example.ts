import type { Example, Exchange } from './operation.js'
import { formatSource, type SourceLocation } from './source.js'

/**
 * The example that an exchange shows, by where it is written; by its name, too, where a document has
 * several on one line, as those have that no person wrote.
 */
export function shownExample<Shown extends Pick<Example, 'name' | 'source'>>(
  examples: readonly Shown[],
  { example, name }: Pick<Exchange, 'example' | 'name'>,
): Shown | undefined {
  if (example === undefined) return undefined
  const there = examples.filter(({ source }) => isSamePlace(source, example))
  return there.find((one) => one.name === name) ?? there[0]
}

export const isSamePlace = (one: SourceLocation, other: SourceLocation): boolean =>
  formatSource(one) === formatSource(other)
