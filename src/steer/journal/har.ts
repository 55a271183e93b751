import { queryOf } from '../../operation/query.js'
import { STATUS_CODES } from 'node:http'
import { packageVersion } from '../../package.js'
import type { JournalEntry } from './entry.js'

interface NameValue {
  readonly name: string
  readonly value: string
}

/** An HTTP Archive, version 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */
export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly entries: readonly object[]
  }
}

/**
 * Entries as an HTTP Archive. Cookies are secret, so their lists are empty; sizes of headers are not
 * known, which the format writes as -1. What only the journal knows stands under `_standin`, since
 * names of its own begin with an underscore there.
 *
 * @param origin where requests went that named no host
 */
export const harOf = (entries: readonly JournalEntry[], origin: string): Har => ({
  log: {
    version: '1.2',
    creator: { name: 'Standin', version: packageVersion },
    entries: entries.map((entry) => harEntry(entry, origin)),
  },
})

function harEntry(entry: JournalEntry, origin: string): object {
  const { id, kind = 'call', session, at, operationId, request, reply, ms = 0 } = entry
  const host = request.headers['host']
  const base = host === undefined ? origin : `${origin.slice(0, origin.indexOf('//'))}//${host}`
  return {
    startedDateTime: at,
    time: ms,
    request: {
      method: request.method,
      url: base + request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listOf(request.headers),
      queryString: pairsOf(request.url),
      ...(request.body !== undefined && {
        postData: { mimeType: request.headers['content-type'] ?? '', params: [], text: request.body },
      }),
      headersSize: -1,
      bodySize: request.bodySize,
    },
    // Status 0 is how browsers write a request without a reply.
    response: {
      status: reply?.status ?? 0,
      statusText: STATUS_CODES[reply?.status ?? 0] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listOf(reply?.headers ?? {}),
      content: {
        size: reply?.bodySize ?? 0,
        mimeType: reply?.headers['content-type'] ?? '',
        ...(reply?.body !== undefined && { text: reply.body }),
      },
      redirectURL: reply?.headers['location'] ?? '',
      headersSize: -1,
      bodySize: reply?.bodySize ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    _standin: { id, kind, session, operationId, steps: entry.steps, violations: entry.violations },
  }
}

const listOf = (headers: Readonly<Record<string, string>>): NameValue[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))

const pairsOf = (url: string): NameValue[] => [...queryOf(url)].map(([name, value]) => ({ name, value }))
