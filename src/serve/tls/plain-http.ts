import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { answerPlainHttp } from '../broken-http.js'

/** The first byte of a TLS record that opens a connection (RFC 8446 section 5.1). */
const HANDSHAKE = 0x16

/** How long a connection may say nothing, or stay once it has its answer in plain HTTP, in milliseconds. */
const SILENCE = 10_000

/**
 * Has an HTTPS server answer those that speak plain HTTP to it with what they should have said. TLS
 * itself would only hang up on them. The first byte of a connection tells; TLS gets it unread. The
 * server does not know of a connection before that, so that its limits do not hold for it.
 *
 * @returns ends the connections that have not begun to speak TLS
 */
export function answerPlainConnections(server: Server, silence = SILENCE): () => void {
  const listeners = server.listeners('connection')
  const notTls = new Set<Socket>()
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = () => socket.destroy()
    notTls.add(socket)
    socket.once('close', () => notTls.delete(socket))
    socket.once('error', giveUp)
    socket.setTimeout(silence, giveUp)
    socket.once('data', (chunk) => {
      socket.pause()
      if (chunk[0] !== HANDSHAKE) return answerPlainHttp(socket)
      notTls.delete(socket)
      socket.setTimeout(0, giveUp)
      socket.off('error', giveUp)
      socket.unshift(chunk)
      for (const listener of listeners) listener.call(server, socket)
    })
  })
  return () => {
    for (const socket of notTls) socket.destroy()
  }
}
