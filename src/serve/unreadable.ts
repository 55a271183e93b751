import type { Reply } from '../respond/reply.js'
import type { Session } from '../steer/session.js'
import { Trail } from '../steer/trail.js'

/** Characters of the packet in which a request line is looked for. */
const LONGEST = 2000

/** RFC 9112 section 3: `METHOD TARGET …`, as far as it can be read. */
const REQUEST_LINE = /^([!#$%&'*+.^`|~\w-]{1,40}) (\S+)/

/** Paths of Standin's own, which are no part of the mocked API. */
const OWN = /^\/_standin(?!\/in\/)(\/|$)/

/**
 * Puts what was no HTTP request into the journal of a session. Nothing of it can be relied on, so that only
 * what looks like its request line is kept.
 *
 * @param packet in which the fault was found, which need not be the first
 */
export function recordUnreadable(
  { name, journal }: Session,
  reply: Reply,
  packet: Uint8Array | undefined,
): void {
  if (!journal) return
  const text = packet ? Buffer.from(packet.subarray(0, LONGEST)).toString('latin1') : ''
  const [, method = '', url = ''] = REQUEST_LINE.exec(text) ?? []
  if (OWN.test(url)) return
  const input = { method, url, headers: {}, body: undefined }
  const trail = new Trail(name, performance.now(), undefined, input, 'unreadable')
  trail.reply = reply
  journal.record(trail)
  journal.ended(trail)
}
