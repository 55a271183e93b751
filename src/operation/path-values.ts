import { pathParts } from './path.js'

/** The raw values of a path, by the names of its template. */
export type ReadPath = (path: string) => Record<string, string> | undefined

/**
 * Reads the parameters of `/users/{id}` from a path as it was sent, still percent-encoded: only
 * there can `a%2Cb`, one value, be told from `a,b`, two. Undefined where the path is not of the
 * template. OpenAPI 3.1 section 4.8.8: a value holds no unescaped `/`, `?` or `#`. One that is empty
 * is missing.
 */
export function compilePath(template: string): ReadPath {
  const names: string[] = []
  const source = pathParts(template)
    .map((part) => {
      if ('text' in part) return Array.from(part.text, literal).join('')
      names.push(part.parameter)
      return '([^/?#]*)'
    })
    .join('')
  const expression = new RegExp(`^${source}$`, 'u')
  return (path) => {
    const match = expression.exec(path)
    if (!match) return undefined
    const values = names.map((name, index): [string, string] => [name, match[index + 1] ?? ''])
    return Object.fromEntries(values.filter(([, value]) => value !== ''))
  }
}

/** A character of the template as a request may write it: clients encode what RFC 3986 does not leave unreserved. */
function literal(char: string): string {
  if (/[\w~/%-]/.test(char)) return char
  const plain = /[\\^$.*+?()[\]{}|]/.test(char) ? `\\${char}` : char
  const bytes = new TextEncoder().encode(char)
  const encoded = Array.from(bytes, (byte) => `%${Array.from(hex(byte), eitherCase).join('')}`)
  return `(?:${plain}|${encoded.join('')})`
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

const eitherCase = (digit: string): string => (/\d/.test(digit) ? digit : `[${digit}${digit.toUpperCase()}]`)
