import { isJson } from '../../operation/media-type.js'
import type { MediaType } from '../../operation/operation.js'
import { decodeForm as decodeValue, decodePercent, type Pair, parsePairs } from '../parameters/encoding.js'
import { Unreadable } from '../parameters/malformed.js'
import { readPairs } from '../parameters/pair-style.js'
import { compileCoerce, type Raw, Typed } from '../schema/coerce.js'
import { locate, type Resolve } from '../schema/located.js'
import { parseJson } from './json.js'
import { Malformed, pointerTo } from './malformed.js'
import { type Member, membersOf } from './member.js'
import { decodeText } from './text.js'

/** `application/x-www-form-urlencoded` (WHATWG URL section 5.1), members by OpenAPI 3.1 section 4.8.14.4. */
export function decodeForm(
  bytes: Uint8Array,
  contentType: string | undefined,
  media: MediaType,
  resolve: Resolve,
): unknown {
  const pairs = parsePairs(decodeText(bytes, contentType).trim())
  const members = membersOf(media, resolve)
  const body = new Map<string, Raw>()
  const claimed = new Set<string>()
  for (const name of members.names) {
    const member = members.of(name)
    const raw = readMember(pairs, name, member)
    if (raw === undefined) continue
    body.set(name, raw)
    if (member.style === 'deepObject') {
      for (const pair of pairs) if (pair.name.startsWith(`${name}[`)) claimed.add(pair.name)
    }
  }
  for (const { name } of pairs) {
    if (body.has(name) || claimed.has(name)) continue
    const values = pairs.filter((pair) => pair.name === name).map(({ raw }) => decode(name, raw))
    body.set(name, values.length > 1 ? values : (values[0] ?? ''))
  }
  return compileCoerce([locate(media.schema)], resolve)(body)
}

/** An object without a style of its own is JSON. */
function readMember(pairs: readonly Pair[], name: string, member: Member): Raw | undefined {
  const { shape, style, contentType } = member
  const json = style === undefined && (contentType === undefined ? shape === 'object' : isJson(contentType))
  try {
    const [raw] = readPairs(pairs, json ? 'primitive' : shape, {
      name,
      style: style ?? 'form',
      explode: member.explode ?? (style ?? 'form') === 'form',
      decode: member.allowReserved === true ? decodePercent : decodeValue,
      isMember: (other) => other === name,
    })
    return json && typeof raw === 'string' ? new Typed(parseJson(raw, pointerTo(name))) : raw
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new Malformed(error.keyword, error.message, pointerTo(name), error.expected)
  }
}

function decode(name: string, raw: string): string {
  try {
    return decodeValue(raw)
  } catch {
    throw new Malformed('encoding', 'must be percent-encoded UTF-8 (RFC 3986)', pointerTo(name))
  }
}
