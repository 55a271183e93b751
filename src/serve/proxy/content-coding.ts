import { promisify } from 'node:util'
import zlib from 'node:zlib'

/** A body without its content codings, or why it cannot be had. */
export type Decoded = { readonly bytes: Uint8Array } | { readonly reason: string }

type Inflate = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

/** Zlib's own format is the rule (RFC 9110 section 8.4.1.2), and many send the bare stream. */
const inflate: Inflate = async (bytes, options) => {
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0
  return isZlib ? promisify(zlib.inflate)(bytes, options) : promisify(zlib.inflateRaw)(bytes, options)
}

const CODINGS: Readonly<Record<string, Inflate>> = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  deflate: inflate,
  br: promisify(zlib.brotliDecompress),
}

/**
 * Takes the codings that `Content-Encoding` lists off a body, the last one first.
 * @param limit bytes that the result may have, so that a small body cannot become a huge one
 */
export async function withoutCoding(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limit: number,
): Promise<Decoded> {
  const codings = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  let rest = bytes
  for (const coding of codings.toReversed()) {
    if (coding === '' || coding === 'identity') continue
    const decode = Object.hasOwn(CODINGS, coding) ? CODINGS[coding] : undefined
    if (!decode) return { reason: `its content coding ${coding} is not known here` }
    // A reply to HEAD, or one that is empty, says how it would be coded.
    if (rest.byteLength === 0) return { bytes: rest }
    try {
      rest = await decode(rest, { maxOutputLength: limit })
    } catch (error) {
      if (error instanceof RangeError) return { reason: tooLarge(limit) }
      return { reason: `it is not ${coding}, as its Content-Encoding says` }
    }
  }
  return { bytes: rest }
}

export const tooLarge = (limit: number): string =>
  `it is larger than ${limit} bytes, which is what --body-limit (bodyLimit) allows`
