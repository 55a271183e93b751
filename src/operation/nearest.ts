import { closest, distance } from 'fastest-levenshtein'

/** The known name that a mistyped one most likely meant; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const found = closest(name.toLowerCase(), known)
  // A third of the letters wrong is a typo; more is another word.
  return distance(name.toLowerCase(), found) <= Math.max(1, Math.ceil(found.length / 3)) ? found : undefined
}

/** ` Did you mean --port?`, or nothing. */
export function didYouMean(name: string, known: readonly string[], prefix = ''): string {
  const found = nearest(name, known)
  return found === undefined ? '' : ` Did you mean ${prefix}${found}?`
}
