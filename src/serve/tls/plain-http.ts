import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { answerPlainHttp } from '../broken-http.js'

/** The first byte of a TLS record that opens a connection (RFC 8446 section 5.1). */
const HANDSHAKE = 0x16

/**
 * Has an HTTPS server answer those that speak plain HTTP to it with what they should have said. TLS
 * itself would only hang up on them. The first byte of a connection tells; TLS gets it unread.
 */
export function answerPlainConnections(server: Server): void {
  const listeners = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = () => socket.destroy()
    socket.once('error', giveUp)
    socket.once('data', (chunk) => {
      socket.pause()
      if (chunk[0] !== HANDSHAKE) return answerPlainHttp(socket)
      socket.off('error', giveUp)
      socket.unshift(chunk)
      for (const listener of listeners) listener.call(server, socket)
    })
  })
}
