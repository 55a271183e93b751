import { decodedForm } from '../../operation/decoded.js'
import { uniqueName } from '../../operation/operation-id.js'

/**
 * The path of an operation, from what pages put into their URL fields: whole URLs, placeholders for
 * hosts, query strings, five ways to write a variable, the prefix in both of two fields.
 */
export interface UrlFacts {
  /** In OpenAPI form, without host. */
  path: string
  /** Parameters of a query string, in order; no example where the page shows a placeholder. */
  query: { name: string; example?: string }[]
  /** A method that stood before the path. */
  method?: string
  /** What was made right, as sentences. */
  mended: string[]
}

const PLACEHOLDER = /\{\{[^{}]{0,100}\}\}|\$?\{[^{}\]]{0,100}[}\]]|<[^<>]{0,100}>|\[[^[\]]{0,100}\]/
const HOST_PLACEHOLDER = new RegExp(`^(?:${PLACEHOLDER.source}|\\$[A-Z_]{2,40})`)
const PLACEHOLDERS = new RegExp(PLACEHOLDER.source, 'g')
const AUTHORITY = new RegExp(`^(?:${PLACEHOLDER.source}|[^/?#])*`)
/** What stands for the value of a query parameter and is none. */
const NO_VALUE = new RegExp(`^(?:${PLACEHOLDER.source}|:\\w+|\\.{2,}|…)$`)
const HOST_WORD =
  /host|url|domain|base|server|address|endpoint|site|env|root|gateway|instance|platform|cluster|controller|\bip\b|api/i
const NOT_A_DOMAIN = /\.(?:php|json|xml|aspx?|jsp|html?|do|cgi|ashx|svc)$/i
const COMMON_DOMAIN =
  /\.(?:com|net|org|io|dev|co|app|cloud|ai|xyz|me|network|info|eu|de|tr|br|ru|cn|kr|in|uk|us|fr|jp|local)$/i
const METHOD_FIRST = /^(get|put|post|delete|options|head|patch|trace)\s+(?=[/{<[]|https?:)/i

/** A longer one is no address (RFC 9110 section 4.1 asks for at least this many to be supported). */
const LONGEST = 8000

/** Undefined where neither field says anything that can be an address. */
export function readUrl(baseUrl: string, path: string): UrlFacts | undefined {
  if (baseUrl.length + path.length > LONGEST) return undefined
  const mended: string[] = []
  const method = METHOD_FIRST.exec(path.trim())?.[1]?.toUpperCase()
  const base = withoutSpaces(baseUrl, mended)
  const own = withoutSpaces(path.trim().replace(METHOD_FIRST, ''), mended)
  if (base === '' && own === '') return undefined
  const whole = /^[a-z]{3,6}:\/\//i.test(own)
  if (whole) mended.push('The path holds the whole URL')
  const front = split(whole ? '' : withoutHost(base, true, mended))
  const back = split(withoutHost(own, false, mended))
  if (front.query !== '' || back.query !== '')
    mended.push('A query string in the address is read as query parameters')
  const query = [...readQuery(front.query), ...readQuery(back.query)]
  const segments = [...withoutDoubledPrefix(front.path, back.path, mended)]
  const used = new Set<string>()
  const template = segments.map((segment) => variablesOf(segment, used, mended)).join('/')
  const slash = (back.path === '' ? front.path : back.path).endsWith('/') && template !== '' ? '/' : ''
  return {
    path: `/${template}${slash}`,
    query,
    ...(method === undefined ? {} : { method }),
    mended: [...new Set(mended)],
  }
}

const SPACES = new RegExp(`(${PLACEHOLDER.source})|\\s+|%20`, 'g')

/** Spaces stay inside placeholders and query strings only. */
function withoutSpaces(text: string, mended: string[]): string {
  const trimmed = text.trim()
  const clean = trimmed.replace(/^["'`\u2018-\u201f]+|["'`\u2018-\u201f]+$/g, '').trim()
  if (clean !== trimmed) mended.push('Quotes around the address are left out')
  const at = clean.indexOf('?')
  const address = at === -1 ? clean : clean.slice(0, at)
  const result = address.replace(SPACES, (_, kept: string | undefined) => kept ?? '')
  if (result !== address.trimEnd()) mended.push('Spaces inside the address are left out')
  return result.replace(/%7B/gi, '{').replace(/%7D/gi, '}') + clean.slice(address.length)
}

function withoutHost(url: string, isBase: boolean, mended: string[]): string {
  const scheme = /^(?:[a-z]{2,6}:\/{1,3}|https?:(?=[<{[])|https?\/\/|\/\/(?=[^/]*\.))/i.exec(url)
  if (scheme !== null) return afterAuthority(url.slice(scheme[0].length))
  const placeholder = HOST_PLACEHOLDER.exec(url)?.[0]
  if (placeholder !== undefined && (isBase || placeholder.startsWith('{{') || HOST_WORD.test(placeholder))) {
    mended.push(`\`${placeholder}\` is taken for the host`)
    const rest = url.slice(placeholder.length)
    if (rest.startsWith('://')) return afterAuthority(rest.slice(3))
    return /^[:.\-@]/.test(rest) || HOST_PLACEHOLDER.test(rest) ? afterAuthority(rest) : rest
  }
  const first = /^[^/?#]{1,300}/.exec(url)?.[0] ?? ''
  const name = first.replace(/:(?:\d{1,5}|[<{[][^/]{1,40})$/, '')
  const domain = /^(?:[\w-]{1,63}\.)+[a-z]{2,24}$/i.test(name) && !NOT_A_DOMAIN.test(name)
  const address = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})$/i.test(name)
  if (!address && !(domain && (isBase || name !== first || COMMON_DOMAIN.test(name)))) return url
  mended.push('The address has no scheme')
  return url.slice(first.length)
}

/** From the first slash on that is not inside a placeholder. */
function afterAuthority(rest: string): string {
  const authority = AUTHORITY.exec(rest)?.[0] ?? ''
  return rest.slice(authority.length)
}

function split(url: string): { path: string; query: string } {
  const bare = /^(?:\{[^{}]{0,200}\}|[^#])*/.exec(url)?.[0] ?? url
  const at = bare.search(/\?|&(?=[\w.[\]-]{1,80}=)/)
  return at === -1 ? { path: bare, query: '' } : { path: bare.slice(0, at), query: bare.slice(at + 1) }
}

function readQuery(query: string): UrlFacts['query'] {
  return query
    .split(/[&?]/)
    .filter((pair) => pair !== '')
    .flatMap((pair) => {
      const at = pair.indexOf('=')
      const name = decodedForm(at === -1 ? pair : pair.slice(0, at))
        .trim()
        .replace(/^[[{<:]+|[\]}>]+$/g, (mark) => (mark === ']' && pair.includes('[') ? mark : ''))
      const value = at === -1 ? '' : decodedForm(pair.slice(at + 1)).trim()
      if (!/^[\w.[\]$:@\- ]{1,200}$/.test(name)) return []
      const shown = value !== '' && (value.includes('"') || !NO_VALUE.test(value))
      return [shown ? { name, example: value } : { name }]
    })
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')

/** Base and path joined; where the path repeats the whole base, or its version or `api`, it counts once. */
function withoutDoubledPrefix(base: string, path: string, mended: string[]): string[] {
  const front = segmentsOf(base)
  const back = segmentsOf(path)
  for (let count = Math.min(front.length, back.length); count > 0; count -= 1) {
    const tail = front.slice(front.length - count)
    if (!tail.every((segment, i) => segment === back[i])) continue
    if (count === 1 && front.length > 1 && !/^(?:api|rest|v\d[\w.]{0,8})$/i.test(tail[0] ?? '')) break
    mended.push(`\`/${tail.join('/')}\` stands in the base and in the path, and counts once`)
    return [...front, ...back.slice(count)]
  }
  return [...front, ...back]
}

/** One segment with its variables as `{name}`. */
function variablesOf(segment: string, used: Set<string>, mended: string[]): string {
  const named = (name: string, written: string): string => {
    const clean =
      name
        .trim()
        .replace(/^:|\?$/g, '')
        .replace(/:.*$/, '')
        .replace(/[\s/{}]+/g, '_') || 'value'
    const unique = uniqueName(clean, used)
    if (`{${unique}}` !== written) mended.push(`\`${written}\` is read as \`{${unique}}\``)
    return `{${unique}}`
  }
  const colon = /^(?::|\$(?=[a-z_]))([A-Za-z_][\w-]*)(.*)$/.exec(segment)
  if (colon?.[1] !== undefined)
    return named(colon[1], segment.slice(0, segment.length - (colon[2] ?? '').length)) + (colon[2] ?? '')
  const filled = segment.replace(PLACEHOLDERS, (written) =>
    named(written.replace(/^\$?[{<[]+|[}>\]]+$/g, ''), written),
  )
  if (filled !== segment || !/^[{<[]/.test(segment)) return filled.replace(/[<>[\]]/g, '')
  const unclosed = segment.replace(/^[{<[]+/, '')
  return unclosed === '' || (segment.startsWith('{') && segment.endsWith('}'))
    ? filled
    : named(unclosed, segment)
}
