import { essenceOf } from '../../operation/media-type.js'
import { hasNoContent } from '../../respond/reply.js'
import type { CallCheck } from './call-check.js'
import { type Held, hold } from './capture.js'
import { tooLarge } from './content-coding.js'
import type { UpstreamReply } from './forwarder.js'
import { headersByName } from './hop-by-hop.js'
import { UpstreamFailure } from './upstream-failure.js'

/** Media types that are sent bit by bit for as long as there is something to tell. */
const STREAMS = new Set([
  'text/event-stream',
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/json-seq',
  'application/stream+json',
  'multipart/x-mixed-replace',
])

/** The body of a reply: read to its end where it is to be looked at, else not even begun. */
export interface ReplyBody {
  readonly held: Held
  /** All of it; undefined where it is not looked at. */
  readonly bytes: Uint8Array | undefined
  /** Why it is not looked at although the docs describe it. */
  readonly reason?: string
}

/**
 * Reads the body of a reply if the docs say anything that it could be held against. Streams are never
 * waited for, and neither are bodies beyond the bound.
 *
 * @throws UpstreamFailure where it breaks off, or nothing of it comes for longer than the time limit
 */
export async function replyBody(
  { status, headers, body }: UpstreamReply,
  method: string,
  check: CallCheck | undefined,
  { limit, timeout, url }: { readonly limit: number; readonly timeout: number; readonly url: string },
): Promise<ReplyBody> {
  const untouched = { held: { chunks: [], rest: body[Symbol.asyncIterator]() }, bytes: undefined }
  const { 'content-type': type, 'content-length': length } = headersByName(headers)
  const contentType = Array.isArray(type) ? type[0] : type
  if (!check || method === 'HEAD' || hasNoContent(status)) return untouched
  if (contentType !== undefined && !check.reply.looksAtBody(status, contentType)) return untouched
  if (contentType !== undefined && STREAMS.has(essenceOf(contentType)))
    return { ...untouched, reason: `it is a stream (${essenceOf(contentType)})` }
  if (Number(length ?? 0) > limit) return { ...untouched, reason: tooLarge(limit) }
  const held = await hold(inTime(body[Symbol.asyncIterator](), timeout, url), limit)
  if (held.rest) return { held, bytes: undefined, reason: tooLarge(limit) }
  return { held, bytes: Buffer.concat(held.chunks) }
}

/** A body whose chunks may not keep one waiting for longer than the limit. */
async function* inTime(
  body: AsyncIterator<Uint8Array>,
  timeout: number,
  url: string,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { done, value } = await within(body.next(), timeout, url)
    if (done === true) return
    yield value
  }
}

async function within<Result>(promise: Promise<Result>, timeout: number, url: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const message = `The upstream ${url} began its reply, and then sent nothing for ${timeout} ms`
    timer = setTimeout(() => reject(new UpstreamFailure('upstream-timeout', message)), timeout)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
