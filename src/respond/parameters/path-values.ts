/** The raw values of a path, by the names of its template. */
export type ReadPath = (path: string) => Record<string, string> | undefined

/**
 * Reads the parameters of `/users/{id}` from a path as it was sent, still percent-encoded: only
 * there can `a%2Cb`, one value, be told from `a,b`, two. Undefined where the path is not of the
 * template. OpenAPI 3.1 section 4.8.8: a value holds no unescaped `/`, `?` or `#`.
 */
export function compilePath(template: string): ReadPath {
  const names: string[] = []
  const source = template
    .split(/\{([^{}]*)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      names.push(part)
      return '([^/?#]*)'
    })
    .join('')
  const expression = new RegExp(`^${source}$`)
  return (path) => {
    const match = expression.exec(path)
    return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined
  }
}
