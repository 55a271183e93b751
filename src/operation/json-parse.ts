import { LosslessNumber } from 'lossless-json'
import { setMember } from './json-walk.js'

/** Text that is not JSON by RFC 8259. `offset` counts UTF-16 units from 0; the message names line and column from 1. */
export class JsonSyntaxError extends SyntaxError {
  readonly offset: number

  constructor(text: string, offset: number, expected: string) {
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    const found =
      offset < text.length ? `found ${JSON.stringify(text.slice(offset, offset + 12))}` : 'the text ends'
    super(
      `Not JSON at line ${line}, column ${offset - before.lastIndexOf('\n')}: expected ${expected}, ${found}`,
    )
    this.name = 'JsonSyntaxError'
    this.offset = offset
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

/** A container that is still open; `key` is the member that the next value belongs to. */
interface Frame {
  container: unknown[] | Record<string, unknown>
  key: string
}

/**
 * A parser of its own for two reasons: it keeps its stack on the heap, so that the depth of a
 * hostile document ends no process, and it makes every member an own property, `__proto__` too.
 */
export function parseJson(text: string): unknown {
  const frames: Frame[] = []
  let at = skipSpace(text, 0)
  for (;;) {
    // Here a value begins.
    const code = text.charCodeAt(at)
    let value: unknown
    if (code === 0x7b || code === 0x5b) {
      const frame: Frame = { container: code === 0x7b ? {} : [], key: '' }
      at = skipSpace(text, at + 1)
      if (text.charCodeAt(at) !== code + 2) {
        if (code === 0x7b) at = readKey(text, at, frame)
        frames.push(frame)
        continue
      }
      at++
      value = frame.container
    } else if (code === 0x22) {
      const end = endOfString(text, at)
      value = stringBetween(text, at, end)
      at = end
    } else {
      const scalar = readScalar(text, at)
      value = scalar.value
      at = scalar.end
    }
    // Here a value has ended: put it into its container, and close what closes after it.
    for (;;) {
      at = skipSpace(text, at)
      const frame = frames.at(-1)
      if (frame === undefined) {
        if (at < text.length) throw new JsonSyntaxError(text, at, 'the end of the text')
        return value
      }
      put(frame, value)
      const isArray = Array.isArray(frame.container)
      const next = text.charCodeAt(at)
      if (next === 0x2c) {
        at = skipSpace(text, at + 1)
        if (!isArray) at = readKey(text, at, frame)
        break
      }
      if (next !== (isArray ? 0x5d : 0x7d))
        throw new JsonSyntaxError(text, at, isArray ? '"," or "]"' : '"," or "}"')
      at++
      value = frame.container
      frames.pop()
    }
  }
}

function put(frame: Frame, value: unknown): void {
  if (Array.isArray(frame.container)) frame.container.push(value)
  else setMember(frame.container, frame.key, value)
}

/** Reads `"key" :` into the frame and returns where the value begins. */
function readKey(text: string, at: number, frame: Frame): number {
  if (text.charCodeAt(at) !== 0x22) throw new JsonSyntaxError(text, at, 'a member name in double quotes')
  const end = endOfString(text, at)
  frame.key = stringBetween(text, at, end)
  const colon = skipSpace(text, end)
  if (text.charCodeAt(colon) !== 0x3a) throw new JsonSyntaxError(text, colon, '":"')
  return skipSpace(text, colon + 1)
}

function readScalar(text: string, at: number): { value: unknown; end: number } {
  NUMBER.lastIndex = at
  const number = NUMBER.exec(text)?.[0]
  if (number !== undefined) return { value: new LosslessNumber(number), end: at + number.length }
  for (const [word, value] of LITERALS) if (text.startsWith(word, at)) return { value, end: at + word.length }
  throw new JsonSyntaxError(text, at, 'a JSON value')
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code === 0x5c) at++
    else if (code < 0x20) throw new JsonSyntaxError(text, at, 'an escape in place of the control character')
  }
  throw new JsonSyntaxError(text, text.length, 'the closing quote of a string')
}

function stringBetween(text: string, start: number, end: number): string {
  const quoted = text.slice(start, end)
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    throw new JsonSyntaxError(text, start, 'a string with the escapes of JSON only')
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at++
  }
}
