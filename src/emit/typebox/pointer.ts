import { isObject } from '../../operation/json-object.js'

/** The tokens of a JSON pointer as it stands in a URI (RFC 6901 section 6); undefined where it is none. */
export function fragmentTokens(fragment: string): string[] | undefined {
  if (fragment === '') return []
  if (!fragment.startsWith('/')) return undefined
  try {
    return decodeURIComponent(fragment)
      .slice(1)
      .split('/')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  } catch {
    return undefined
  }
}

export function valueAt(value: unknown, tokens: readonly string[]): unknown {
  let found = value
  for (const token of tokens) {
    if (Array.isArray(found)) found = found[Number(token)]
    else found = isObject(found) && Object.hasOwn(found, token) ? found[token] : undefined
  }
  return found
}

/** Every `$ref` inside a value. */
export function referencesIn(value: unknown): Set<string> {
  const found = new Set<string>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const [key, member] of Object.entries(next)) {
      if (key === '$ref' && typeof member === 'string') found.add(member)
      else pending.push(member)
    }
  }
  return found
}
