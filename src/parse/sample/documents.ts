import { Draft, Unreadable } from './draft.js'
import { endOfLine, matchAt, skipGap } from './gaps.js'
import { statusOfLine } from './http-head.js'
import { readContainer } from './value.js'

/** One document in a text: mended JSON, or the reason why it stays text. Offsets are those of the text. */
export interface Found {
  start: number
  end: number
  draft: Draft
  json?: string
  /** Nothing but comments and ellipses stand in it. */
  placeholder?: boolean
  reason?: Unreadable
  status?: string
}

/** An opening bracket with which a document begins within a line; `[INFO]` and `/users/{id}` are none. */
const START =
  /(?:\{(?=\s*(?:["'\u201c\u201d\u2018`}\n/]|\\"|[\w$-]+["']?\s{0,3}:|$))|\[(?=\s*(?:["'\u201c{[\]\n]|$)))/g
/** What may stand before it on its line: the name that it is assigned to, a label, the head of a log line. */
const LEAD = /^(?:[^(){}]*(?:[=:>,]|\s)|["'`(]|[\w.$]{1,40}\()\s*$/
const CODE =
  /=>|;\s*$|\b(?:function|import|require|await|return|interface|class|enum|struct|public|private|void|def|func|print|println|curl|SELECT|query|mutation)\b|\w\(/
const DECLARATION =
  /^\s*(?:export\s+)?(?:interface|class|enum|struct|type|function|def|func|query|mutation|subscription)\b(?!\s*[:=])/
/** What may stand after it on its line: the rest of an assignment or call, a slip of the keyboard. */
const TAIL = /[ \t]*(?:[;,)'"`*]|\\)*(?:\s*[}\]])*[ \t]*(?:[\p{L}'"`*]{1,4}(?=[ \t]*(?:\n|$)))?/uy
const KEY_VALUE_LINE = /^\s*-?\s*[\w-]+\s*:\s+\S/
const MOST_LINES_AROUND = 20

/**
 * The JSON documents of a text, in order. An empty list where none begins. What stands around and
 * between them must be little and no code, or the text is not one of documents.
 */
export function readDocuments(source: string, from: number, to: number): Found[] {
  const text = source.slice(0, to)
  const found: Found[] = []
  let at = from
  let draft = new Draft(text)
  let status: string | undefined
  let linesAround = 0
  let keyValueLines = 0
  while (at < to) {
    const gap = skipGap(draft, at)
    at = gap.end
    if (at >= to) break
    const lineEnd = endOfLine(text, at)
    const start = startIn(text, at, lineEnd)
    const around = text.slice(at, Math.min(start ?? lineEnd, at + 1000))
    if (around.trim() !== '') {
      const line = around.trim()
      status = statusOfLine(line) ?? status
      if (KEY_VALUE_LINE.test(line) && start === undefined) keyValueLines++
      const isCode =
        DECLARATION.test(line) || (CODE.test(line) && !(start !== undefined && LEAD.test(around)))
      if (isCode || ++linesAround > MOST_LINES_AROUND || keyValueLines > 2) {
        // What follows the documents is no document; before the first one it says that there is none.
        found.at(-1)?.draft.note('surrounding-text', at)
        return found
      }
      draft.note(status !== undefined && statusOfLine(line) ? 'http-head' : 'surrounding-text', at)
    }
    if (start === undefined) {
      at = lineEnd
      continue
    }
    const one = readOne(draft, start, text)
    if (status !== undefined) one.status = status
    found.push(one)
    draft = new Draft(text)
    status = undefined
    at = one.end
    if (one.reason === undefined) at = skipTail(one.draft, at)
  }
  found.at(-1)?.draft.notes.push(...draft.notes)
  return found
}

function readOne(draft: Draft, start: number, text: string): Found {
  try {
    const read = readContainer(draft, start)
    const placeholder = read.members === 0 && read.remark
    return { start, end: read.end, draft, json: draft.between(start, read.end), placeholder }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    // A blank line before a bracket is where the next document surely begins.
    const next = /\n[ \t]*\r?\n[ \t]*(?=[{[])/g
    next.lastIndex = Math.max(start + 1, error.offset)
    const end = next.exec(text) ? next.lastIndex : text.length
    return { start, end, draft, reason: error }
  }
}

/** Where a document begins on this line, at its first character or after a lead. */
function startIn(text: string, at: number, lineEnd: number): number | undefined {
  const char = text[at] ?? ''
  if ('{[\uff5b\uff3b'.includes(char) && !/^\[[A-Z]+\]/.test(text.slice(at, at + 20))) return at
  START.lastIndex = at
  for (
    let match = START.exec(text);
    match && match.index < lineEnd && match.index < at + 2000;
    match = START.exec(text)
  ) {
    if (LEAD.test(text.slice(at, match.index))) return match.index
  }
  return undefined
}

function skipTail(draft: Draft, at: number): number {
  const end = matchAt(TAIL, draft.source, at) ?? at
  const tail = draft.source.slice(at, end).trim()
  if (/[}\]]/.test(tail)) draft.note('extra-bracket', at)
  if (tail.startsWith(',')) draft.note('extra-comma', at)
  if (/[^,\s}\]]/.test(tail)) draft.note('surrounding-text', at)
  return end
}

const MEMBER_START = /\s*["\u201c][^"\u201c\u201d\n]{1,100}["\u201d][ \t]*[:\uff1a]/y

/** `"a": 1, "b": 2` without the braces around it, read as one object; undefined where it is not that. */
export function readLooseMembers(source: string, from: number, to: number): Found | undefined {
  if (matchAt(MEMBER_START, source, from) === undefined) return undefined
  // The brace is put where the members begin; offsets before it stay, those after it move by one.
  const start = from + (/^\s*/.exec(source.slice(from, to))?.[0].length ?? 0)
  const text = `${source.slice(0, start)}{${source.slice(start, to)}\n}`
  const draft = new Draft(text)
  try {
    draft.note('missing-braces', start)
    const read = readContainer(draft, start)
    if (text.slice(read.end).trim() !== '') return undefined
    return { start, end: to, draft, json: draft.between(start, read.end) }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}
