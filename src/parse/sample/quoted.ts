import type { Draft } from './draft.js'
import { endOfComment, endOfLine, matchAt } from './gaps.js'
import type { RepairKind } from './kinds.js'

const DOUBLE = '"\u201c\u201d\u201e\u201f\u2033\uff02\u00ab\u00bb'
const SINGLE = "'\u2018\u2019\u201a\u201b\u2032\uff07`\u00b4"

export const isQuote = (char: string | undefined): char is string =>
  char !== undefined && (DOUBLE.includes(char) || SINGLE.includes(char))

/** Whether a string begins here: a quote, or a quote behind a backslash. */
export const beginsString = (text: string, at: number): boolean =>
  isQuote(text[at]) || (text[at] === '\\' && text[at + 1] === '"')

const kindOf = (quote: string): RepairKind | undefined => {
  if (quote === '"') return undefined
  if (quote === "'") return 'single-quotes'
  if (quote === '`' || quote === '\u00b4') return 'backtick-quotes'
  return quote === '\u00ab' || quote === '\u00bb' ? 'guillemets' : 'smart-quotes'
}

export type Role = 'key' | 'value'

/** Reads the string at `at` and mends it where it is not strict. Returns where it ends. */
export function readQuoted(draft: Draft, at: number, role: Role): number {
  const text = draft.source
  if (text[at] === '\\') return readEscaped(draft, at)
  const opener = text[at] ?? '"'
  const { contentEnd, end, kind } = findEnd(draft, at, role)
  const content = encode(text, at + 1, contentEnd)
  const closer = end > contentEnd ? (text[contentEnd] ?? '') : ''
  const kinds = [kindOf(opener), closer === '' ? undefined : kindOf(closer), kind, ...content.kinds]
  const wanted = [...new Set(kinds)].filter((kind) => kind !== undefined)
  if (wanted.length === 0) return end
  const [first = 'missing-quote', ...others] = wanted
  draft.replace(at, end, `"${content.json}"`, first)
  for (const other of others) draft.note(other, at)
  return end
}

/** `\"name\"`: JSON that was escaped once more, as inside a string of code. */
function readEscaped(draft: Draft, at: number): number {
  const text = draft.source
  const close = /(?<!\\)\\"|\n/g
  close.lastIndex = at + 2
  const found = close.exec(text)
  const contentEnd = found?.index ?? text.length
  const json = text.slice(at + 2, contentEnd).replaceAll('\\\\', '\\')
  const end = found?.[0] === '\\"' ? contentEnd + 2 : contentEnd
  draft.replace(at, end, `"${encode(json, 0, json.length).json}"`, 'escaped-quotes')
  if (end === contentEnd) draft.note('missing-quote', at)
  return end
}

interface End {
  contentEnd: number
  end: number
  kind?: RepairKind
}

const KEY_THEN_VALUE = /[\w $.-]+[ \t]*:[ \t]*$/
const BLANKS = /[ \t\u00a0\u200b]*/y
const NEXT_KEY = /[ \t]+[\w$-]+["']?[ \t]*:/y

function findEnd(draft: Draft, at: number, role: Role): End {
  const text = draft.source
  const opener = text[at] ?? '"'
  const closers = DOUBLE.includes(opener) ? DOUBLE : SINGLE
  const lineEnd = endOfLine(text, at)
  // Plain quotes may hold typographic ones, so these close a string only where no plain one does.
  const plain = opener === '"' ? scan(draft, at, lineEnd, '"', role) : undefined
  const found = plain ?? scan(draft, at, lineEnd, closers, role)
  if (found !== undefined) return found
  return role === 'key' ? endOfOpenKey(text, at, lineEnd) : endOnLaterLine(text, at, lineEnd, closers)
}

/** The closing quote on this line: the first that a string can end with, else the first of all. */
function scan(draft: Draft, start: number, lineEnd: number, closers: string, role: Role): End | undefined {
  const text = draft.source
  const memo = `${role}${closers}`
  const hopeless = draft.withoutCloser.get(memo) === lineEnd
  let first: number | undefined
  for (let at = start + 1; at < lineEnd; at++) {
    const char = text[at] ?? ''
    if (char === '\\') at++
    else if (closers.includes(char)) {
      if (endsWell(text, at + 1, role))
        return {
          contentEnd: at,
          end: at + 1,
          ...(first !== undefined && { kind: 'unescaped-quote' as const }),
        }
      if (first !== undefined) continue
      first = at
      if (role === 'key') {
        const name = text.slice(start + 1, Math.min(at, start + 200))
        if (!KEY_THEN_VALUE.test(name)) break
        const contentEnd = start + 1 + name.lastIndexOf(':')
        return { contentEnd, end: contentEnd, kind: 'missing-quote' }
      }
      const inner = endOfInnerJson(text, start, at, closers)
      if (inner !== undefined) return { contentEnd: inner, end: inner + 1, kind: 'unescaped-quote' }
      if (
        /[ \t]/.test(text[at + 1] ?? '') &&
        (isQuote(text[at + 1 + spaces(text, at + 1)]) || matchAt(NEXT_KEY, text, at + 1) !== undefined)
      )
        break
      if (isQuote(text[at + 1]) || hopeless) break
    }
    if (at + 1 >= lineEnd) draft.withoutCloser.set(memo, lineEnd)
  }
  return first === undefined ? undefined : { contentEnd: first, end: first + 1 }
}

/** `"{"a": 1}"`: where the JSON inside a string ends whose own quotes are not escaped. */
function endOfInnerJson(text: string, start: number, quote: number, closers: string): number | undefined {
  if (quote > start + 4 || !/^\s*[{[]+\s*$/.test(text.slice(start + 1, quote))) return undefined
  let depth = 0
  for (let at = start + 1; at < Math.min(text.length, start + 5000); at++) {
    const char = text[at] ?? ''
    if (char === '{' || char === '[') depth++
    if ((char === '}' || char === ']') && --depth === 0)
      return closers.includes(text[at + 1] ?? ' ') ? at + 1 : undefined
  }
  return undefined
}

const spaces = (text: string, at: number): number => (matchAt(BLANKS, text, at) ?? at) - at

/** Whether what follows a quote can follow the end of a member name or of a value. */
function endsWell(text: string, at: number, role: Role): boolean {
  const next = at + spaces(text, at)
  const char = text[next] ?? '\n'
  if (char === '\n' || char === '\r') return true
  if (role === 'key') return ':=\uff1a'.includes(char)
  return ',;}]|\uff0c('.includes(char) || endOfComment(text, next) !== undefined
}

function endOfOpenKey(text: string, at: number, lineEnd: number): End {
  const colon = text.indexOf(':', at)
  const contentEnd = colon === -1 || colon > lineEnd ? lineEnd : colon
  return { contentEnd, end: contentEnd, kind: 'missing-quote' }
}

/** No closing quote on the line: a string over several lines, or one whose closing quote is missing. */
function endOnLaterLine(text: string, at: number, lineEnd: number, closers: string): End {
  for (let next = lineEnd; next < text.length; next++) {
    const char = text[next] ?? ''
    if (char === '\\') next++
    else if (closers.includes(char)) {
      if (!endsWell(text, next + 1, 'value')) break
      return { contentEnd: next, end: next + 1, kind: 'line-break-in-string' }
    }
  }
  const line = text.slice(at, lineEnd).trimEnd()
  const contentEnd = at + (line.endsWith(',') ? line.length - 1 : line.length)
  return {
    contentEnd: Math.max(contentEnd, at + 1),
    end: Math.max(contentEnd, at + 1),
    kind: 'missing-quote',
  }
}

/** The content of a string as JSON wants it, and what had to be changed for that. */
function encode(text: string, start: number, end: number): { json: string; kinds: RepairKind[] } {
  const kinds = new Set<RepairKind>()
  let json = ''
  let copied = start
  const put = (at: number, length: number, replacement: string, kind?: RepairKind): void => {
    json += text.slice(copied, at) + replacement
    copied = at + length
    if (kind) kinds.add(kind)
  }
  for (let at = start; at < end; at++) {
    const char = text[at] ?? ''
    if (char === '\\') {
      const next = at + 1 < end ? (text[at + 1] ?? '') : ''
      if (next === "'" || /[_*[\](){}#+\-.!|~<>&$`@:,=]/.test(next)) put(at, 1, '', 'markdown-escape')
      else if (!isEscape(text, at, end)) put(at, 1, '\\\\', 'invalid-escape')
      if (next >= ' ') at++
    } else if (char === '"') put(at, 1, '\\"', 'unescaped-quote')
    else if (char === '\n') put(at, 1, '\\n', 'line-break-in-string')
    else if (char < ' ')
      put(
        at,
        1,
        JSON.stringify(char).slice(1, -1),
        char === '\r' ? 'line-break-in-string' : 'control-character',
      )
  }
  return { json: json + text.slice(copied, end), kinds: [...kinds] }
}

function isEscape(text: string, at: number, end: number): boolean {
  const next = text[at + 1] ?? ''
  if (at + 1 >= end) return false
  return (
    '"\\/bfnrt'.includes(next) ||
    (next === 'u' && /^[0-9a-f]{4}$/i.test(text.slice(at + 2, Math.min(at + 6, end))))
  )
}
