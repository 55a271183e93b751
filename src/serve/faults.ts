import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { hasNoContent, type Reply } from '../respond/reply.js'
import { LONGEST_DELAY } from '../steer/delay.js'
import type { Deliveries } from './deliveries.js'
import { endStream } from './http2.js'
import { sendHead } from './send.js'

/** What a fault that takes its time needs. */
export interface Ending {
  readonly deliveries: Deliveries
  /** Called once nothing more will come of the reply. */
  readonly done: (() => void) | undefined
}

/** TCP RST, no byte of a reply: what a client sees when the other side has crashed. */
export function reset(raw: ServerResponse): void {
  if (endStream(raw)) return
  const { socket, req } = raw
  const error = new Error('The connection was reset, as an override asked')
  try {
    if (socket?.resetAndDestroy) return void socket.resetAndDestroy()
  } catch {
    // Under TLS there is no handle that could reset; it ends without the close_notify that clients look for.
  }
  // An injected request has no socket: it fails as a whole.
  if (socket) socket.destroy()
  else req.destroy(error)
}

/** The connection is closed in order, without a byte of a reply. */
export function emptyReply(raw: ServerResponse): void {
  if (endStream(raw)) return
  const { socket, req } = raw
  if (socket) socket.end()
  else req.destroy(new Error('The connection was closed without a reply, as an override asked'))
}

/** No byte ever comes; who waits for longer than ten minutes is let go. */
export function nothing(raw: ServerResponse, { deliveries, done }: Ending): void {
  const release = (): void => {
    clearTimeout(timer)
    settled()
    raw.off('close', release)
    if (!endStream(raw)) raw.destroy()
    done?.()
  }
  const timer = setTimeout(release, LONGEST_DELAY)
  timer.unref()
  const settled = deliveries.add(release)
  raw.once('close', release)
}

/** A JSON body cut short, in a message that is otherwise whole. */
export function brokenJson(decided: Reply): Reply {
  if (hasNoContent(decided.status)) return decided
  const text = typeof decided.body === 'string' ? decided.body : Buffer.from(decided.body ?? []).toString()
  const cut = text.slice(0, Math.ceil(text.length / 2))
  return {
    ...decided,
    headers: { 'content-type': 'application/json; charset=utf-8', ...decided.headers },
    // Half of a number is a number.
    body: isJson(cut) || cut === '' ? `{"${cut}` : cut,
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Parts that a body is sent in, at most. */
const PARTS = 50

/** The head at once, the body in parts of one size over `overMs` milliseconds. */
export function drip(
  reply: FastifyReply,
  decided: Reply,
  overMs: number,
  { deliveries, done }: Ending,
): void {
  const { raw } = reply
  if (!sendHead(reply, decided)) return done?.()
  const bytes =
    typeof decided.body === 'string' ? Buffer.from(decided.body) : (decided.body ?? new Uint8Array())
  const count = Math.max(1, Math.min(PARTS, bytes.byteLength))
  const size = Math.ceil(bytes.byteLength / count)
  let sent = 0
  const gone = (): void => {
    clearInterval(timer)
    settled()
    done?.()
  }
  const finish = (): void => {
    raw.off('close', gone)
    raw.end(bytes.subarray(sent))
    gone()
  }
  const timer = setInterval(() => {
    if (sent + size >= bytes.byteLength) return finish()
    raw.write(bytes.subarray(sent, (sent += size)))
  }, overMs / count)
  const settled = deliveries.add(finish)
  raw.once('close', gone)
  if (deliveries.hurrying) finish()
}
