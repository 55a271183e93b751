/** A path template in OpenAPI form, `/users/{id}/files/{name}.{ext}`, taken apart. */
export type PathPart = { readonly text: string } | { readonly parameter: string }

/** Text and parameters in turn. A brace that opens no parameter is text. */
export function pathParts(path: string): PathPart[] {
  const parts: PathPart[] = []
  let rest = 0
  for (const match of path.matchAll(/\{([^{}/]+)\}/g)) {
    if (match.index > rest) parts.push({ text: path.slice(rest, match.index) })
    if (match[1] !== undefined) parts.push({ parameter: match[1] })
    rest = match.index + match[0].length
  }
  if (rest < path.length) parts.push({ text: path.slice(rest) })
  return parts
}

/** The names of the parameters in a template, in order. */
export const pathParameters = (path: string): string[] =>
  pathParts(path).flatMap((part) => ('parameter' in part ? [part.parameter] : []))

/**
 * The template in the router's form (find-my-way). Parameters are called by position, `p0`, `p1`:
 * the router's names may not hold `-`, `.` or `(`, but a description's may.
 */
export function toRoute(path: string): string {
  let index = 0
  return path
    .split('/')
    .map((segment) => {
      const parts = pathParts(segment)
      const [only] = parts
      if (parts.length === 1 && only && 'parameter' in only) return `:p${index++}`
      return parts.map((part) => ('text' in part ? escapeRoute(part.text) : `:p${index++}(.+?)`)).join('')
    })
    .join('/')
}

const escapeRoute = (text: string): string => text.replaceAll(':', '::')

/** Two templates with the same shape take the same requests, whatever their parameters are called. */
export const pathShape = (path: string): string =>
  pathParts(path)
    .map((part) => ('text' in part ? part.text : '{}'))
    .join('')
