import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ProblemCode, problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'

/** Node's parser errors that have a problem of their own. */
const PROBLEM_OF: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/**
 * Answers bytes that are no HTTP request, on the bare socket since there is no request to answer to.
 *
 * @returns what was answered; undefined where nobody waits for an answer
 */
export function answerBrokenHttp(error: Error & { code?: string }, socket: Socket): Reply | undefined {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return undefined
  const reply = problemReply(PROBLEM_OF[error.code ?? ''] ?? 'bad-request', {
    detail: `The request cannot be parsed: ${error.message}`,
  })
  answer(socket, reply)
  return reply
}

/** Answers plain HTTP on a port that speaks TLS. */
export function answerPlainHttp(socket: Socket): void {
  answer(
    socket,
    problemReply('bad-request', { detail: 'This port speaks HTTPS. Write https:// in place of http://' }),
  )
}

function answer(socket: Socket, { status, headers, body }: Reply): void {
  const text = typeof body === 'string' ? body : ''
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  )
}
