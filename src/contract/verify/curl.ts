import { shellQuote } from '../../shell.js'
import type { SentRequest } from './wire.js'

/** Headers that curl makes itself, or that belong to one connection. */
const OWN = new Set(['host', 'content-length', 'accept-encoding', 'connection', 'user-agent'])

export interface CurlOptions {
  /** Scheme, host and port of the provider. */
  readonly origin: string
  readonly insecure: boolean
  /** Headers whose values are not shown, in lower case: the shell fills them in from a variable. */
  readonly hidden: ReadonlySet<string>
}

/** A command that a POSIX shell runs to send the same request again. */
export function curlOf(request: SentRequest, { origin, insecure, hidden }: CurlOptions): string {
  const { method, target, headers, body } = request
  const verb = method === 'HEAD' ? ['--head'] : ['-X', method]
  const shown = headers.filter(
    ([name, value]) => !OWN.has(name.toLowerCase()) && !(name.toLowerCase() === 'accept' && value === '*/*'),
  )
  // curl would add a Content-Type of its own to a body.
  const typed = shown.some(([name]) => name.toLowerCase() === 'content-type')
  const bare = body !== '' && !typed ? ["-H 'Content-Type:'"] : []
  return [
    ['curl', '-i', ...(insecure ? ['-k'] : []), ...verb, shellQuote(origin + target)].join(' '),
    ...shown.map(([name, value]) => `-H ${headerWord(name, value, hidden)}`),
    ...bare,
    ...(body === '' ? [] : [`--data-raw ${shellQuote(body)}`]),
  ].join(' \\\n  ')
}

function headerWord(name: string, value: string, hidden: ReadonlySet<string>): string {
  if (hidden.has(name.toLowerCase())) return `"${name}: $${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}"`
  // curl drops a header that ends in a colon; a semicolon sends it without a value.
  return shellQuote(value === '' ? `${name};` : `${name}: ${value}`)
}
