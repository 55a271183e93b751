import { LosslessNumber } from '../../operation/json.js'
import { Random } from '../generate/random.js'
import type { Located } from '../schema/located.js'
import { numberOf, stringOf } from '../schema/keywords.js'
import type { Shapes } from './shape.js'

/** What a new identifier is made from. */
export interface IdParts {
  readonly schema: Located
  readonly shapes: Shapes
  /** Ids that are or were in use. */
  readonly used: ReadonlySet<string>
  /** Ids that the docs show. */
  readonly shown: readonly string[]
  /** The same seed makes the same ids. */
  readonly seed: string
}

/** An identifier that nothing has or had: the next number, a UUID, or a text like those that the docs show. */
export function newId({ schema, shapes, used, shown, seed }: IdParts): unknown {
  const types = shapes.types(schema)
  if (types && (types.has('integer') || types.has('number')) && !types.has('string')) {
    return new LosslessNumber(nextNumber(used, leastOf(schema, shapes)))
  }
  const like = shown[0] ?? [...used][0]
  const isUuid = formatOf(schema, shapes) === 'uuid' || (like !== undefined && UUID.test(like))
  for (let attempt = 0; ; attempt++) {
    const random = new Random(`${seed}/${used.size}/${attempt}`)
    const id = isUuid || like === undefined ? uuid(random) : textLike(like, used, random, attempt)
    if (!used.has(id)) return id
  }
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

function nextNumber(used: Iterable<string>, least: bigint): string {
  let last = least - 1n
  for (const id of used) if (/^-?\d{1,30}$/.test(id) && BigInt(id) > last) last = BigInt(id)
  return String(last + 1n)
}

/** `ORD-0041` after `ORD-0040`; else each letter and digit by another of its kind. */
function textLike(like: string, used: ReadonlySet<string>, random: Random, attempt: number): string {
  const [, head = '', digits] = /^(.*?)(\d+)$/.exec(like) ?? []
  const isCounted =
    digits !== undefined && (head === '' || /[^0-9a-z]$|^[a-z]{1,4}$/i.test(head)) && digits.length < 16
  if (isCounted && attempt === 0) {
    const numbers = [...used].flatMap((id) =>
      id.startsWith(head) && /^\d{1,15}$/.test(id.slice(head.length)) ? [id.slice(head.length)] : [],
    )
    return head + nextNumber(numbers, 1n).padStart(digits.startsWith('0') ? digits.length : 1, '0')
  }
  return like.replaceAll(/[0-9a-zA-Z]/g, (character) => random.text(1, alphabetOf(character, like)))
}

function alphabetOf(character: string, like: string): string {
  if (/^[\da-f-]+$/.test(like)) return '0123456789abcdef'
  if (/\d/.test(character)) return '0123456789'
  return /[a-z]/.test(character) ? 'abcdefghijklmnopqrstuvwxyz' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
}

/** RFC 9562 section 5.4, but drawn from a seed. */
function uuid(random: Random): string {
  const hex = random.text(30, '0123456789abcdef')
  const variant = random.text(1, '89ab')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`
}

function leastOf(schema: Located, shapes: Shapes): bigint {
  for (const part of shapes.parts(schema)) {
    const least = numberOf(part.schema, 'minimum')
    if (least !== undefined) return BigInt(Math.ceil(least))
  }
  return 1n
}

function formatOf(schema: Located, shapes: Shapes): string | undefined {
  for (const part of shapes.parts(schema)) {
    const format = stringOf(part.schema, 'format')
    if (format !== undefined) return format
  }
  return undefined
}
