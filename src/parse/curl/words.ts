import type { TextEdit } from '../text-edit.js'

/** One word of a command line, quotes taken off. */
export interface Word {
  text: string
  offset: number
  /** Some of it stood in quotes, so that it is no operator. */
  quoted: boolean
}

/** What keeps a command from running as printed, and where. */
export interface Fault {
  offset: number
  message: string
  /** It runs all the same, only by the leave of the shell. */
  harmless?: true
  /** What mends it, where that is certain. */
  edits?: TextEdit[]
}

export interface CommandLine {
  words: Word[]
  faults: Fault[]
  /** For each quote where no closing one comes any more, so that the text is not searched over and over. */
  unclosed: Map<string, number>
  end: number
}

const SPACE = /[ \t\r\u00a0\u2000-\u200f\u202f\u2060\ufeff]/
/** A line that goes on with options, the dashes possibly escaped or made typographic. */
const OPTION_LINE = /\s*\\?(?:--?[A-Za-z]|[\u2013\u2014]+[A-Za-z-])/y
/** The same, with the argument that an option mostly has: surely not a line of a body. */
const OPTION_IN_QUOTES = /[ \t]*\\?(?:--[a-z][\w-]+|-[HdXFu])[ \t]+["'\u2018\u201ch{]/y
const URL_LINE = /\s*["'\u2018\u201c]?(?:https?:\/\/|\{\{|<)/y
const QUOTED_LINE = /\s*["'\u2018\u201c`{]/y
const OPERATOR = /^(?:\||\|\||&&|;|>|>>|2>&1)$/
const LONG_OPTION = /^(?:--|[\u2013\u2014]+-?)[a-z][\w-]+$/
const TAKES_ARGUMENT = /^(?:-[XHdFubAe]|--(?:request|header|data[\w-]*|form|url|user|json|cookie))$/
const CLOSERS: Record<string, string> = {
  '"': '"\u201c\u201d',
  '\u201c': '\u201d\u201c"',
  '\u201d': '\u201d\u201c"',
  '\u201e': '\u201d\u201c"',

  "'": "'",
  '\u2018': "\u2019\u2018'",
  '\u2019': "\u2019\u2018'",
  '`': '`',
}

/**
 * The words of one command from `start` on, as a shell takes them, but for what pages do: lines that
 * are not continued, typographic quotes and dashes, quotes that are not closed or not escaped.
 */
export function readCommandLine(text: string, start: number): CommandLine {
  const line: CommandLine = { words: [], faults: [], unclosed: new Map(), end: text.length }
  let at = start
  while (at < text.length) {
    const char = text[at] ?? ''
    if (SPACE.test(char)) at++
    else if (char === '\n') {
      if (!goesOn(text, at, line)) {
        line.end = at
        return line
      }
      at++
    } else if (isContinuation(text, at, char)) at = skipContinuation(text, at, line)
    else if (char === '#' && line.words.length > 0) at = endOfLine(text, at)
    else {
      const word = readWord(text, at, line)
      if (!word.quoted && OPERATOR.test(word.text)) {
        line.end = at
        return line
      }
      at = word.end
      line.words.push({ text: word.text, offset: word.offset, quoted: word.quoted })
    }
  }
  return line
}

/** Whether a command goes on after a line that does not say so. Says that it would not in a shell. */
function goesOn(text: string, at: number, line: CommandLine): boolean {
  const last = line.words.at(-1)?.text ?? ''
  const hasUrl = line.words.some((word) => word.text.includes('://'))
  const next =
    matches(OPTION_LINE, text, at) ||
    (!hasUrl && matches(URL_LINE, text, at)) ||
    (TAKES_ARGUMENT.test(last) && matches(QUOTED_LINE, text, at))
  if (!next) return false
  const offset = at + (/^\s*/.exec(text.slice(at, at + 500))?.[0].length ?? 0)
  line.faults.push({
    offset,
    message: 'the line before does not end in a backslash, so the command ends there',
    edits: continued(text, at, offset),
  })
  return true
}

/** A backslash for the line that ends at `at`; blank lines up to the one at `next` would end the command, too. */
function continued(text: string, at: number, next: number): TextEdit[] {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  if (text.slice(lineStart, at).trim() === '') return []
  const end = text.lastIndexOf('\n', next)
  return [{ start: at, end, text: /[ \t]$/.test(text.slice(0, at)) ? '\\' : ' \\' }]
}

/** A backslash (POSIX), caret (Windows) or backtick (PowerShell) that ends the line. */
function isContinuation(text: string, at: number, char: string): boolean {
  if (char !== '\\' && char !== '^' && char !== '`') return false
  return text.slice(at + 1, endOfLine(text, at)).trim() === ''
}

function skipContinuation(text: string, at: number, line: CommandLine): number {
  const end = endOfLine(text, at)
  const between = text.slice(at + 1, end)
  if (text[at] !== '\\')
    line.faults.push({
      offset: at,
      message: 'the line is continued as in a Windows shell; a POSIX shell wants a backslash',
    })
  else if (/[^\r]/.test(between))
    line.faults.push({
      offset: at,
      message: 'a space after the backslash keeps the line from being continued',
      edits: [{ start: at + 1, end, text: '' }],
    })
  if (matches(/\n[ \t]*\r?(?:\n|$)/y, text, end)) return end
  return Math.min(end + 1, text.length)
}

interface ReadWord extends Word {
  end: number
}

function readWord(text: string, start: number, line: CommandLine): ReadWord {
  const { faults } = line
  const word: ReadWord = { text: '', offset: start, quoted: false, end: start }
  let at = start
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '\n' || SPACE.test(char) || (at > start && isContinuation(text, at, char))) break
    if (char === '\\') {
      if (at === start && /[-\u2013\u2014]/.test(text[at + 1] ?? ''))
        faults.push({
          offset: at,
          message: 'a backslash stands before the option',
          harmless: true,
          edits: [{ start: at, end: at + 1, text: '' }],
        })
      word.text += text[at + 1] ?? ''
      at += 2
    } else if (char === '$' && text[at + 1] === "'") {
      at = readQuoted(text, at + 1, word, line, true)
    } else if (CLOSERS[char] !== undefined && LONG_OPTION.test(word.text)) {
      faults.push({
        offset: at,
        message: `no space parts the option ${word.text} from its argument`,
        edits: [{ start: at, end: at, text: ' ' }],
      })
      break
    } else if (CLOSERS[char] !== undefined) at = readQuoted(text, at, word, line, false)
    else {
      word.text += char
      at++
    }
  }
  word.end = Math.max(at, start + 1)
  return word
}

function readQuoted(text: string, at: number, word: ReadWord, line: CommandLine, ansi: boolean): number {
  const { faults } = line
  const quote = text[at] ?? "'"
  word.quoted = true
  const { contentEnd, end, fault } = findClose(text, at, quote, line, ansi)
  if (quote !== '"' && quote !== "'") {
    const name = quote === '`' ? 'backticks' : 'typographic quotes'
    const edits = fault === undefined && end === contentEnd + 1 ? plainQuotes(text, at, contentEnd) : []
    faults.push({ offset: at, message: `${name} do not quote in a shell`, edits })
  }
  if (fault !== undefined) faults.push({ offset: at, message: fault })
  const content = text.slice(at + 1, contentEnd)
  const escapes = quote !== "'" && quote !== '\u2018' && quote !== '\u2019' && quote !== '`'
  if (ansi) word.text += content.replaceAll(/\\(['"\\])/g, '$1')
  else word.text += escapes ? content.replaceAll(/\\(["\\$`])/g, '$1').replaceAll(/\\\r?\n/g, '') : content
  return end
}

/** Plain quotes for those at `open` and `close`, of the kind that leaves what is between them as it is. */
function plainQuotes(text: string, open: number, close: number): TextEdit[] {
  const content = text.slice(open + 1, close)
  const isPlain = !/["$`\\!]/.test(content)
  const quote = isPlain ? '"' : "'"
  if (!isPlain && /['$]/.test(content)) return []
  return [open, close].map((at) => ({ start: at, end: at + 1, text: quote }))
}

interface Close {
  contentEnd: number
  end: number
  fault?: string
}

/** What may follow a closing quote: the end of a word, or one more part of it. */
const AFTER_CLOSE = /["'\\$\s)|;&,`]/

/** How far an apostrophe is looked past for the real end of a quote. */
const FARTHEST = 20_000

function findClose(text: string, start: number, quote: string, line: CommandLine, ansi: boolean): Close {
  const closers = CLOSERS[quote] ?? quote
  const escapes = ansi || (quote !== "'" && quote !== '`')
  const inJson = quote === '"' && /^\s*[{[]\s*"/.test(text.slice(start + 1, start + 50))
  let first: number | undefined
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? ''
    if (escapes && char === '\\') at++
    else if (char === '\n' && matches(OPTION_IN_QUOTES, text, at + 1)) {
      if (first !== undefined) break
      const end = text.slice(start, at).replace(/[\s\\^`]+$/, '').length + start
      return { contentEnd: end, end, fault: 'the quote is not closed' }
    } else if (closers.includes(char)) {
      const next = text[at + 1]
      const good = inJson
        ? next === undefined || /^\s*(?:\\?\s*(?:\n|$)|-)/.test(text.slice(at + 1, at + 40))
        : next === undefined || AFTER_CLOSE.test(next)
      if (good)
        return {
          contentEnd: at,
          end: at + 1,
          ...(first !== undefined && { fault: 'a quote inside the quotes is not escaped' }),
        }
      first ??= at
      if (start < (line.unclosed.get(quote) ?? 0)) break
    }
    if (first !== undefined && at - first > FARTHEST) {
      line.unclosed.set(quote, at)
      break
    }
    if (at + 1 >= text.length) line.unclosed.set(quote, text.length)
  }
  if (first !== undefined) return { contentEnd: first, end: first + 1 }
  return { contentEnd: text.trimEnd().length, end: text.length, fault: 'the quote is not closed' }
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}
