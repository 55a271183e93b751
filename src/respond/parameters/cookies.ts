/** The pairs of a `Cookie` header in their order (RFC 6265 section 4.2.1), values as sent but without quotes. */
export function cookiesOf(header: string | undefined): [name: string, value: string][] {
  if (!header) return []
  return header.split(';').flatMap((pair) => {
    const equals = pair.indexOf('=')
    if (equals === -1) return []
    const value = pair.slice(equals + 1).trim()
    const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
    return [[pair.slice(0, equals).trim(), bare] satisfies [string, string]]
  })
}
