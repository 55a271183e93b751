import { distance } from 'fastest-levenshtein'
import { unescapeMarkdown, visible } from './text.js'
import type { TextEdit } from './text-edit.js'

export interface Attributes {
  /** Values as meant: entities decoded, Markdown escapes undone, invisible characters gone. */
  values: ReadonlyMap<string, string>
  /** What had to be made right, as sentences. */
  mended: readonly string[]
  /** The same as edits of the source, in its order. */
  edits: readonly TextEdit[]
}

const KEY = /[A-Za-z][\w\\-]{0,40}/y
const ASSIGNED_KEY = /\s*([A-Za-z][\w\\-]{0,40})\s{0,4}=/y
/** A key that says for certain that the value before it has ended. */
const QUOTED_KEY = /\s*([A-Za-z][\w\\-]{0,40})\s{0,4}=\s{0,4}["']/y

/**
 * The attributes of a GitBook tag. They are written by a web editor that does not escape and by
 * people who edit by hand, so a value ends where the next attribute plainly begins, and not at the
 * first quote: `description="the "best" one" in="body"`, `path="/a baseUrl="http://x"` and
 * `required=truein="body"` are all read as they were meant.
 *
 * @param known the keys that this kind of tag has; others close to one of them are taken for it
 */
export function readAttributes(source: string, known: ReadonlySet<string>): Attributes {
  const values = new Map<string, string>()
  const mended: string[] = []
  const edits: TextEdit[] = []
  let i = 0
  while (i < source.length) {
    KEY.lastIndex = i
    const key = KEY.exec(source)?.[0]
    if (key === undefined) {
      i += 1
      continue
    }
    const keyStart = i
    i += key.length
    const equals = skipSpace(source, i)
    if (source.charAt(equals) !== '=') continue
    const start = skipSpace(source, equals + 1)
    const quote = source.charAt(start)
    const read = quote === '"' || quote === "'" ? quoted(source, start, known) : bare(source, start, known)
    if (read.mended !== undefined) mended.push(`The value of \`${key}\` ${read.mended}`)
    i = read.end
    const name = nameOf(key, known)
    if (name !== key && name !== key.replaceAll('\\', '')) {
      mended.push(`\`${key}\` is read as \`${name}\``)
      edits.push({ start: keyStart, end: keyStart + key.length, text: name })
    }
    edits.push(...(read.edits ?? []))
    if (!values.has(name)) values.set(name, visible(unescapeMarkdown(read.value)))
  }
  return { values, mended, edits }
}

interface Value {
  value: string
  end: number
  mended?: string
  edits?: readonly TextEdit[]
}

function quoted(source: string, start: number, known: ReadonlySet<string>): Value {
  const quote = source.charAt(start)
  const inner: TextEdit[] = []
  const text = quote === '"' ? '&quot;' : '&#39;'
  const closedAt = (at: number): TextEdit[] => [...inner, { start: at, end: at, text: quote }]
  for (let i = start + 1; i < source.length; i += 1) {
    const char = source.charAt(i)
    if (char === quote) {
      if (endsHere(source, i + 1, known)) {
        const value = source.slice(start + 1, i)
        return inner.length > 0
          ? { value, end: i + 1, mended: 'holds quotes that are not escaped', edits: inner }
          : { value, end: i + 1 }
      }
      inner.push({ start: i, end: i + 1, text })
    } else if (isSpace(char) && !isSpace(source.charAt(i - 1)) && knownKeyAt(QUOTED_KEY, source, i, known)) {
      return {
        value: source.slice(start + 1, i),
        end: i,
        mended: 'has no closing quote',
        edits: closedAt(i),
      }
    }
  }
  const value = source.slice(start + 1).trimEnd()
  return {
    value,
    end: source.length,
    mended: 'has no closing quote',
    edits: closedAt(start + 1 + value.length),
  }
}

/** After a closing quote: nothing more, or space and any `key=`, or a known `key=` glued to it. */
function endsHere(source: string, at: number, known: ReadonlySet<string>): boolean {
  const next = skipSpace(source, at)
  if (next === source.length) return true
  ASSIGNED_KEY.lastIndex = at
  const key = ASSIGNED_KEY.exec(source)?.[1]
  return key !== undefined && (next > at || known.has(key))
}

function bare(source: string, start: number, known: ReadonlySet<string>): Value {
  let end = start
  while (end < source.length && !isSpace(source.charAt(end))) end += 1
  const text = source.slice(start, end)
  const glued = /^(true|false|\d+)([A-Za-z][\w-]{0,40})=/.exec(text)
  if (glued?.[1] !== undefined && glued[2] !== undefined && known.has(glued[2])) {
    const at = start + glued[1].length
    const edits = [{ start: at, end: at, text: ' ' }]
    return { value: glued[1], end: at, mended: 'is glued to the next attribute', edits }
  }
  return { value: text.replace(/["']$/, ''), end }
}

function knownKeyAt(pattern: RegExp, source: string, at: number, known: ReadonlySet<string>): boolean {
  pattern.lastIndex = at
  const key = pattern.exec(source)?.[1]
  return key !== undefined && known.has(key)
}

/** The known key that a written one stands for: `tye` is `type`, `httpcode` is `httpCode`. */
function nameOf(written: string, known: ReadonlySet<string>): string {
  const key = written.replaceAll('\\', '')
  if (known.has(key)) return key
  for (const name of known) if (name.toLowerCase() === key.toLowerCase()) return name
  if (key.length < 3) return key
  for (const name of known) {
    if (name.length > 3 && distance(name.toLowerCase(), key.toLowerCase()) <= (name.length > 5 ? 2 : 1))
      return name
  }
  return key
}

const isSpace = (char: string): boolean => char === ' ' || char === '\n' || char === '\t' || char === '\r'

function skipSpace(source: string, from: number): number {
  let i = from
  while (i < source.length && isSpace(source.charAt(i))) i += 1
  return i
}
