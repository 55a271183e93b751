import { type Draft, Unreadable } from './draft.js'
import { endOfComment, matchAt } from './gaps.js'
import { isQuote } from './quoted.js'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const LITERALS: Record<string, string> = {
  True: 'true',
  TRUE: 'true',
  False: 'false',
  FALSE: 'false',
  None: 'null',
  nil: 'null',
  Null: 'null',
  NULL: 'null',
  undefined: 'null',
  NaN: 'null',
}

/** Type names that documentation writes in the place of a value. */
export const TYPE_NAME =
  /^(?:string|str|text|varchar|char|integer|int(?:8|16|32|64)?|uint\d*|long|short|byte|bigint|biginteger|number|numeric|decimal|float(?:32|64)?|double|bool|boolean|date|datetime|timestamp|time|uuid|guid|object|array|list|map|any|enum|null|file|binary|bytes|json|hash|url|uri|email)(?:\[\]|\?)?$/i

const CALL = /^(?:new\s+)?[A-Za-z_$][\w$.]*\(\s*(?:(["'])([^"'\\\n]*)\1|(-?\d+(?:\.\d+)?))\s*\)$/
const CODE = /=>|\bfunction\b|\bawait\b|\breturn\b|[\w$\])]\s*\(|\+\s*["'`]|["'`]\s*\+/
/** A type or a word with its size, `string (10)`, is a value for all its brackets. */
const SIZED = /^[\p{L}\d]+\s*\([\w\s,.:-]*\)\.?$/u
const LONGEST = 500

const TEMPLATE = /\$?\{{1,2}[ \t]*[\w.$-]+[ \t]*\}{1,2}/y
/** A brace that holds one name only, with nothing of an object about it: a variable of the documentation. */
const VARIABLE = /\{{1,3}[A-Za-z_$][\w.$-]*\}{1,3}(?=\s*[,}\]\n]|\s*$)/y

/** `{TOKEN}`, `{{token}}` in the place of a value: put into quotes. Returns its end; undefined for an object. */
export function readVariable(draft: Draft, at: number): number | undefined {
  const end = matchAt(VARIABLE, draft.source, at)
  if (end === undefined) return undefined
  draft.replace(at, end, JSON.stringify(draft.source.slice(at, end)), 'template-variable')
  return end
}

/** A value without quotes. Returns its end; throws where it is not a value but code. */
export function readBareValue(draft: Draft, at: number): number {
  const text = draft.source
  const end = endOfBare(text, at)
  const raw = text.slice(at, end).trimEnd()
  const stop = at + raw.length
  if (raw === '') throw new Unreadable(at, 'a value was expected here')
  if (isComplete(raw)) return stop
  const literal = Object.hasOwn(LITERALS, raw) ? LITERALS[raw] : undefined
  const number = numberOf(raw)
  const call = CALL.exec(raw)
  if (literal !== undefined) draft.replace(at, stop, literal, 'literal')
  else if (number !== undefined) draft.replace(at, stop, number, 'number-form')
  else if (call) draft.replace(at, stop, call[3] ?? JSON.stringify(call[2]), 'constructor-call')
  else if (TYPE_NAME.test(raw)) draft.replace(at, stop, JSON.stringify(raw), 'type-name')
  else if (CODE.test(raw) && !SIZED.test(raw)) throw new Unreadable(at, 'this is code and not a value')
  else draft.replace(at, stop, JSON.stringify(raw), /["'|]/.test(raw) ? 'type-expression' : 'bare-value')
  return stop
}

const THOUSANDS = /\d{1,3}(?:,\d{3})+(?=[ \t]*,?\s*(?:["}\n]|$))/y

/** `1,000` as the value of a member: kept as text, since JSON has no such number. */
export function readThousands(draft: Draft, at: number): number | undefined {
  const end = matchAt(THOUSANDS, draft.source, at)
  if (end !== undefined) draft.replace(at, end, JSON.stringify(draft.source.slice(at, end)), 'bare-value')
  return end
}

/** Alternatives after a string, `'asc' | 'desc'`: kept in one string, since none of them is the value. */
export function readAlternatives(draft: Draft, start: number, afterFirst: number): number | undefined {
  const text = draft.source
  if (matchAt(/[ \t]*(?:\||\/(?![/*])|or\b(?=[ \t]*["']))/y, text, afterFirst) === undefined) return undefined
  return endOfBare(text, start)
}

/** Forms that other languages allow and JSON does not, and that lose nothing: `.5`, `5.`, `+1` stays text. */
function numberOf(raw: string): string | undefined {
  const match = /^(-?)(\d*)\.(\d*)$/.exec(raw)
  if (!match || (match[2] === '' && match[3] === '') || /^0\d/.test(match[2] ?? '')) return undefined
  return `${match[1]}${match[2] || '0'}.${match[3] || '0'}`
}

function endOfBare(text: string, start: number): number {
  let round = 0
  for (let at = start; at < Math.min(text.length, start + LONGEST); at++) {
    const char = text[at] ?? ''
    if (char === '\n') return at
    if (char === '(' && round === 0 && isComplete(text.slice(start, at).trimEnd())) return at
    if (char === '(' || (char === '<' && /[A-Za-z]/.test(text[at + 1] ?? ''))) round++
    else if ((char === ')' || char === '>') && round > 0) round--
    else if (char === '{' || char === '$') {
      const end = matchAt(TEMPLATE, text, at)
      if (end !== undefined) at = end - 1
      else if (char === '{') throw new Unreadable(at, 'a bracket stands inside a value without quotes')
    } else if (char === '[') {
      if (text[at + 1] !== ']') throw new Unreadable(at, 'a bracket stands inside a value without quotes')
      at++
    } else if (isQuote(char) && at > start && round === 0 && isStart(text, at)) {
      const close = text.indexOf(char, at + 1)
      if (close === -1 || close > start + LONGEST)
        throw new Unreadable(at, 'a quote stands inside a value without quotes')
      at = close
    } else if (round === 0 && isEnd(text, at, start, char)) return at
  }
  if (text.length > start + LONGEST) throw new Unreadable(start, 'a value without quotes is too long')
  return text.length
}

/** Nothing can be added to a number or a literal: what follows is a remark. */
const isComplete = (raw: string): boolean => NUMBER.test(raw) || /^(?:true|false|null)$/.test(raw)

const isStart = (text: string, at: number): boolean => !/[\p{L}\d]/u.test(text[at - 1] ?? ' ')

function isEnd(text: string, at: number, start: number, char: string): boolean {
  if (',;}]\uff0c\uff5d'.includes(char)) return true
  const apart = at === start || /\s/.test(text[at - 1] ?? '')
  if (!apart) return false
  return (
    endOfComment(text, at, char) !== undefined ||
    /^(?:\.\.\.|\u2026|\u2190|<-|--|->)/.test(text.slice(at, at + 3))
  )
}

const KEY = /[\p{L}\p{N}_$@<][\p{L}\p{N}_$@.\-/[\]<> ]{0,80}/uy

/** A member name without quotes, or with one of two. Returns its end; throws where there is none. */
export function readBareKey(draft: Draft, at: number): number {
  const text = draft.source
  const end = matchAt(KEY, text, at)
  if (end === undefined) throw new Unreadable(at, 'a member name was expected here')
  const name = text.slice(at, end).trimEnd()
  let stop = at + name.length
  const marker = text[stop] === '?' || text[stop] === '*' ? 1 : 0
  const quote = isQuote(text[stop + marker]) ? 1 : 0
  const rest = stop + marker + quote
  if (matchAt(/\s*(?:[:\uff1a=])/y, text, rest) === undefined)
    throw new Unreadable(at, 'a member name was expected here')
  if (/^(?:if|for|while|return|function|const|let|var|import|class)\b /.test(name))
    throw new Unreadable(at, 'this is code and not a value')
  draft.replace(at, rest, JSON.stringify(name), quote ? 'missing-quote' : 'bare-key')
  if (marker) draft.note('optional-marker', stop)
  stop = rest
  return stop
}
