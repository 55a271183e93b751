/** Headers as they went over the wire: names and values in turn, in order, doubles included. */
export type RawHeaders = readonly string[]

/** Headers that are about one connection and not about the message (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export const pairsOf = (headers: RawHeaders): [name: string, value: string][] =>
  Array.from({ length: headers.length / 2 }, (_, index) => [
    headers[2 * index] ?? '',
    headers[2 * index + 1] ?? '',
  ])

/** The headers that are passed on, without those that `Connection` names. */
export function endToEnd(headers: RawHeaders): [name: string, value: string][] {
  const pairs = pairsOf(headers)
  const named = new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((option) => option.trim().toLowerCase())),
  )
  return pairs.filter(([name]) => {
    const lower = name.toLowerCase()
    return !HOP_BY_HOP.has(lower) && !named.has(lower)
  })
}

/** Values by name in lower case; several of one name stay a list. */
export function headersByName(headers: RawHeaders): Record<string, string | string[]> {
  const byName: Record<string, string | string[]> = {}
  for (const [name, value] of pairsOf(headers)) {
    const lower = name.toLowerCase()
    const known = Object.hasOwn(byName, lower) ? byName[lower] : undefined
    Object.defineProperty(byName, lower, {
      value: known === undefined ? value : [known, value].flat(),
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return byName
}
