import type { ServerResponse } from 'node:http'
import type { Operation } from '../../operation/operation.js'
import { type Reply, sizeOf } from '../../respond/reply.js'
import { type Held, whole } from './capture.js'
import { headersByName, type RawHeaders } from './hop-by-hop.js'

/** Sends a reply of our own or of the mock, with headers beyond its own. */
export function sendReply(
  response: ServerResponse,
  { status, headers, body }: Pick<Reply, 'status' | 'headers' | 'body'>,
  more: RawHeaders = [],
): void {
  const lengthHeader = status === 204 || status === 304 ? [] : ['content-length', String(sizeOf(body))]
  response.writeHead(status, [...Object.entries(headers).flat(), ...lengthHeader, ...more])
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** What the docs say of the whole operation, where the upstream does not say it itself. */
export const deprecationHeader = ({ deprecated }: Operation, headers: RawHeaders): string[] =>
  deprecated === true && headersByName(headers)['deprecation'] === undefined ? ['deprecation', 'true'] : []

/** The reply of the upstream, as far as it has been read, with its headers ready. */
export interface ReadyReply {
  readonly status: number
  readonly statusText: string
  readonly headers: RawHeaders
  readonly held: Held
}

/** Sends a reply with its body as it comes. Rejects where the body breaks off, on either side. */
export async function sendOn(response: ServerResponse, reply: ReadyReply): Promise<void> {
  response.writeHead(reply.status, reply.statusText, [...reply.headers])
  // What waits for its first event wants to know that it is connected.
  if (reply.held.rest) response.flushHeaders()
  for await (const chunk of whole(reply.held)) {
    if (!response.write(chunk)) await drained(response)
  }
  response.end()
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('The client has gone'))
    response.once('close', gone)
    response.once('drain', () => {
      response.off('close', gone)
      resolve()
    })
  })
}
