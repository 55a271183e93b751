import { sizeOf } from '../../respond/reply.js'
import { isLosslessNumber } from '../../operation/json.js'
import type { Reply } from '../../respond/reply.js'
import type { Trail } from '../trail.js'

/** What a trail itself takes, about, in bytes. */
const OWN = 512
/** What a header takes beside its texts: strings have a head, objects have slots. */
const OWN_HEADER = 48

/** Bodies of replies up to here are not counted by themselves. */
const SHORT = 256

/** Replies by what is kept of them. Documented ones are shared by all calls that got them, and counted once. */
const kept = new WeakMap<Reply, Reply>()

/**
 * Makes a trail fit to be kept: bodies are cut, and what it takes in memory is counted: an
 * estimate, which is what a bound needs.
 *
 * @param longest bytes of a body that are kept
 */
export function makeFit(trail: Trail, longest: number): void {
  const { input, reply } = trail
  let bytes = OWN + input.url.length
  for (const name in input.headers) {
    const value = input.headers[name]
    bytes += OWN_HEADER + name.length + (value?.length ?? 0)
  }
  let request: number | undefined
  if (input.body !== undefined) {
    if (input.body.length > longest) {
      request = sizeOf(input.body)
      trail.input = { ...input, body: cutBody(input.body, longest) }
      bytes += longest
    } else bytes += input.body.length
  }
  if (reply?.body !== undefined && reply.body.length > SHORT) {
    let fit = kept.get(reply)
    if (!fit) {
      fit = reply.body.length > longest ? { ...reply, body: cutBody(reply.body, longest) } : reply
      kept.set(reply, fit)
      bytes += Math.min(reply.body.length, longest)
    }
    if (fit !== reply) {
      trail.reply = fit
      trail.cut = { reply: sizeOf(reply.body) }
    }
  }
  if (request !== undefined) trail.cut = { ...trail.cut, request }
  for (const { before, after } of trail.changes) bytes += OWN_HEADER + weigh(before) + weigh(after)
  trail.bytes = bytes
}

/** A copy of the beginning: a part of a string or a view of bytes would keep the whole. */
function cutBody(body: string | Uint8Array, longest: number): string | Uint8Array {
  if (typeof body !== 'string') return Uint8Array.from(body.subarray(0, endOfCharacter(body, longest)))
  return Buffer.from(body.slice(0, longest))
    .toString()
    .replace(/\uFFFD$/, '')
}

/** UTF-8 (RFC 3629) is not cut within a character: it would be no text any more. */
function endOfCharacter(bytes: Uint8Array, end: number): number {
  for (let at = end - 1; at > end - 4 && at > 0; at--) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) return end
    if (byte >= 0xc0) return at
  }
  return end
}

/** About what a JSON value takes in memory, in bytes. */
function weigh(root: unknown): number {
  const open: unknown[] = [root]
  let bytes = 0
  while (open.length > 0) {
    const value = open.pop()
    bytes += 16
    if (typeof value === 'string') bytes += value.length
    else if (isLosslessNumber(value)) bytes += value.value.length
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        bytes += name.length
        open.push(member)
      }
    }
  }
  return bytes
}
