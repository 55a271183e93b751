import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants, type ServerHttp2Stream } from 'node:http2'

/**
 * A request of HTTP/2, which servers of somebody else may speak, as HTTP/1.1 has it: who is asked stands in
 * `Host`, and what begins with a colon is no header (RFC 9113 section 8.3.1).
 */
export function asHttp1(request: IncomingMessage): void {
  const { headers } = request
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
  const host = headers.host ?? headers[':authority']
  Object.defineProperty(request, 'headers', { value: host === undefined ? plain : { ...plain, host } })
}

/** Ends the stream of a reply without one, since its connection carries other replies too. False where it has none. */
export function endStream(raw: ServerResponse): boolean {
  const stream = streamOf(raw)
  if (!stream) return false
  stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  return true
}

/** Responses of HTTP/2 have a stream (Node's compatibility API), others have none. */
const streamOf = (
  raw: ServerResponse & { readonly stream?: ServerHttp2Stream },
): ServerHttp2Stream | undefined => raw.stream
