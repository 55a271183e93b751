import { curlOf } from '../../contract/verify/curl.js'
import type { JournalEntry } from './entry.js'

/** Headers that belong to one connection, or that curl makes of what it sends. */
const OF_THE_WIRE = new Set(['transfer-encoding', 'keep-alive', 'expect'])

/**
 * A command that a POSIX shell runs to send the request of an entry again. Secrets stay redacted, and
 * a body that was cut is as it was kept.
 *
 * @param origin where to, for a request that named no host
 */
export function entryCurl({ request }: JournalEntry, origin: string): string {
  const { method, url, headers, body = '' } = request
  const { host } = headers
  return curlOf(
    {
      method,
      target: url,
      headers: Object.entries(headers).filter(([name]) => !OF_THE_WIRE.has(name)),
      body,
    },
    {
      origin: host === undefined ? origin : `${origin.slice(0, origin.indexOf('//'))}//${host}`,
      insecure: false,
      hidden: new Set(),
    },
  )
}
