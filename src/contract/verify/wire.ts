import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

/** A request as it went over the wire. */
export interface SentRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** A response as it came. */
export interface CameResponse {
  readonly status: number
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
  /** Set where the message broke off before its end. */
  readonly incomplete: boolean
}

/** The first request in the bytes that Pact's verifier sent; undefined where it sent none. */
export function readRequest(chunks: readonly Buffer[]): SentRequest | undefined {
  const bytes = Buffer.concat(chunks)
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [line = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const [method = '', target = ''] = line.split(' ')
  const headers = lines.map((header): [string, string] => {
    const colon = header.indexOf(':')
    return [header.slice(0, colon), header.slice(colon + 1).trim()]
  })
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0)
  return { method, target, headers, body: bytes.subarray(end + 4, end + 4 + length).toString() }
}

/**
 * The first response in the bytes that the provider sent, read by node's own parser.
 * @returns undefined where there is none, a text where it cannot be read: what it is instead
 */
export async function readResponse(
  chunks: readonly Buffer[],
  method: string,
): Promise<CameResponse | string | undefined> {
  if (chunks.length === 0) return undefined
  try {
    const message = await parse(Buffer.concat(chunks), method)
    const { bytes, incomplete } = await bodyOf(message)
    const { statusCode = 0, headers } = message
    const coding = headers['content-encoding']
    // Half a body does not decompress, and that it is half is told.
    const decoded = incomplete ? bytes : await decompress(bytes, coding).catch(() => undefined)
    if (!decoded) return `a body that is not ${coding}, as its Content-Encoding says`
    return { status: statusCode, headers, body: decode(decoded, headers['content-type']), incomplete }
  } catch (error) {
    return `bytes that are no HTTP (${error instanceof Error ? error.message : String(error)})`
  }
}

function parse(bytes: Buffer, method: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const wire = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
    const request = httpRequest({ method, createConnection: () => wire })
    request.once('error', reject)
    request.once('response', resolve)
    request.end()
    request.once('finish', () => {
      wire.push(bytes)
      wire.push(null)
    })
  })
}

async function bodyOf(message: IncomingMessage): Promise<{ bytes: Buffer; incomplete: boolean }> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of message) chunks.push(Buffer.from(chunk))
  } catch {
    return { bytes: Buffer.concat(chunks), incomplete: true }
  }
  return { bytes: Buffer.concat(chunks), incomplete: !message.complete }
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/** Codings in the order in which they were applied (RFC 9110 section 8.4). */
async function decompress(bytes: Buffer, coding: string | undefined): Promise<Buffer> {
  let result = bytes
  for (const name of (coding ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .toReversed()) {
    const decoder = DECODERS[name]
    if (decoder && result.length > 0) result = await decoder(result)
  }
  return result
}

function decode(bytes: Buffer, type: string | undefined): string {
  const [, charset = 'utf-8'] = /charset="?([^\s;"]+)/i.exec(type ?? '') ?? []
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString()
  }
}
