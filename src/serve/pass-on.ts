import { pipeline } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatNotes, type Note } from '../respond/decision.js'
import type { Reply } from '../respond/reply.js'
import { abortWith, createForwarder } from './proxy/forwarder.js'
import { headersByName, type RawHeaders } from './proxy/hop-by-hop.js'
import { corsHeaders } from './proxy/own-cors.js'
import { sendReply } from './proxy/send.js'
import { failureOf } from './proxy/upstream-failure.js'

/** Where requests go that no documented operation takes. */
export interface Elsewhere {
  /**
   * Passes a request on, and its reply back as it comes. Resolves when that is done or has failed.
   * @param onReply told how the client is answered, as soon as that is known; the body is not kept
   */
  passOn(request: FastifyRequest, reply: FastifyReply, onReply: (reply: Reply) => void): Promise<void>
  close(): Promise<void>
}

/** Several lines of one header as one text, RFC 9110 section 5.3. */
const textsByName = (headers: RawHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersByName(headers)).map(([name, values]) => [name, [values].flat().join(', ')]),
  )

/** Milliseconds until the reply of an upstream must have begun. */
const TIMEOUT = 30_000

/**
 * @param cors whether pages of any origin may read what the upstream itself says nothing of
 * @throws STANDIN_ERR_UPSTREAM
 */
export function createElsewhere(url: string, cors: boolean): Elsewhere {
  const forwarder = createForwarder(url, { timeout: TIMEOUT, insecure: false })
  const { upstream } = forwarder
  const reason = `passed on to ${upstream.url}, since the docs have no such operation`
  const note: Note = { kind: 'passed-on', text: reason }
  const marks = ['standin-note', formatNotes([note])]

  return {
    passOn: async ({ raw: request, body }, reply, onReply) => {
      reply.hijack()
      const response = reply.raw
      const signal = abortWith(response)
      const sent = typeof body === 'string' || body instanceof Uint8Array ? body : undefined
      try {
        const answer = await forwarder.exchange(request, sent, signal)
        const { status, statusText, headers } = answer
        onReply({ status, headers: textsByName(headers), body: undefined, notes: [note], reason })
        const shared = cors ? corsHeaders(request, headers) : []
        response.writeHead(status, statusText, [...headers, ...marks, ...shared])
        await pipeline(answer.body, response)
      } catch (error) {
        if (response.headersSent) {
          response.destroy()
          return
        }
        const { reply: problem } = failureOf(error, upstream, TIMEOUT)
        onReply(problem)
        if (!signal.aborted) sendReply(response, problem, cors ? corsHeaders(request, []) : [])
      }
    },
    close: () => forwarder.close(),
  }
}
