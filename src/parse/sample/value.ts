import { readAlternatives, readBareKey, readBareValue, readThousands, readVariable } from './bare.js'
import { type Draft, Unreadable } from './draft.js'
import { type Gap, matchAt, skipGap } from './gaps.js'
import { beginsString, readQuoted } from './quoted.js'

interface Frame {
  close: '}' | ']'
  count: number
  /** Where the last member ended, for a comma that is missing. */
  memberEnd: number
  /** The comma after the last member. */
  comma: number | undefined
  /** An ellipsis since that comma, which takes a needless comma with it. */
  ellipsis: boolean
}

const SHORTENED = /[[({]\s*(?:\.{2,}|\u2026)\s*[\])}]/y

const FULL_WIDTH: Record<string, string> = {
  '\uff0c': ',',
  '\uff1a': ':',
  '\uff5b': '{',
  '\uff5d': '}',
  '\uff3b': '[',
  '\uff3d': ']',
}

/** The punctuation of JSON at a place, full-width forms made right. */
function punctuation(draft: Draft, at: number): string | undefined {
  const char = draft.source[at]
  if (char === undefined) return undefined
  const plain = FULL_WIDTH[char]
  if (plain !== undefined) draft.replace(at, at + 1, plain, 'full-width-punctuation')
  return plain ?? char
}

/** What has been left out on the way; a document of nothing else is a placeholder. */
export interface Read {
  end: number
  /** Members of objects and scalars in arrays, those of inner containers too. */
  members: number
  /** A comment, an ellipsis or a remark was left out. */
  remark: boolean
}

/**
 * Reads the object or array at `start`, mends it on the way, and says where it ends. One pass, with
 * the stack on the heap. Throws {@link Unreadable} where no reading is certain.
 */
export function readContainer(draft: Draft, start: number): Read {
  const text = draft.source
  const frames: Frame[] = []
  /** How many of each kind are open, so that a closing bracket need not be looked up in the stack. */
  const opened = { '}': 0, ']': 0 }
  const read: Read = { end: start, members: 0, remark: false }

  const open = (at: number, bracket: string): void => {
    const close = bracket === '{' ? '}' : ']'
    opened[close]++
    frames.push({ close, count: 0, memberEnd: at + 1, comma: undefined, ellipsis: false })
    read.end = at + 1
  }

  /** A member is complete; remarks may follow it. */
  const ended = (frame: Frame | undefined, at: number): void => {
    read.end = at
    if (frame === undefined) return
    frame.count++
    frame.memberEnd = at
    frame.comma = undefined
    frame.ellipsis = false
  }

  const closeTop = (at: number): void => {
    const frame = frames.pop()
    if (frame) opened[frame.close]--
    if (frame?.comma !== undefined)
      draft.drop(frame.comma, frame.comma + 1, frame.ellipsis ? 'ellipsis' : 'trailing-comma')
    ended(frames.at(-1), at)
  }

  const close = (at: number, bracket: string): void => {
    const frame = frames.at(-1)
    if (bracket === frame?.close) return closeTop(at + 1)
    if (opened[bracket === '}' ? '}' : ']'] > 0) {
      while (frames.length > 0 && frames.at(-1)?.close !== bracket) {
        draft.insert(at, frames.at(-1)?.close ?? '', 'missing-bracket')
        closeTop(at)
      }
      return closeTop(at + 1)
    }
    if (frames.length === 1) {
      draft.replace(at, at + 1, frame?.close ?? '', 'wrong-bracket')
      return closeTop(at + 1)
    }
    draft.drop(at, at + 1, 'extra-bracket')
    read.end = at + 1
  }

  const comma = (frame: Frame, at: number): void => {
    if (text[at] === ';') draft.replace(at, at + 1, ',', 'semicolon')
    if (frame.count > 0 && frame.comma === undefined) frame.comma = at
    else draft.drop(at, at + 1, frame.ellipsis ? 'ellipsis' : 'extra-comma')
    read.end = at + 1
  }

  open(start, punctuation(draft, start) ?? '')
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const afterValue = frame.count > 0 && frame.comma === undefined && !frame.ellipsis
    const gap = skipGap(draft, read.end, afterValue ? 'after-value' : 'elsewhere')
    read.remark ||= gap.remark
    frame.ellipsis ||= gap.ellipsis
    const at = gap.end
    const char = punctuation(draft, at)
    if (char === undefined) {
      draft.insert(at, frame.close, 'missing-bracket')
      closeTop(at)
    } else if (char === ',' || char === ';') comma(frame, at)
    else if (char === '}' || char === ']') close(at, char)
    else if (frame.close === '}' && matchAt(SHORTENED, text, at) !== undefined) {
      // `[...]` where a member belongs.
      read.end = matchAt(SHORTENED, text, at) ?? at
      draft.drop(at, read.end, 'ellipsis')
      frame.ellipsis = read.remark = true
    } else {
      if (frame.count > 0 && frame.comma === undefined) draft.insert(frame.memberEnd, ',', 'missing-comma')
      if (frame.close === '}' || (char !== '{' && char !== '[')) read.members++
      const value = frame.close === '}' ? readKey(draft, at, read) : { at, char, absent: undefined }
      if (value.absent !== undefined) {
        draft.insert(value.at, ' null', value.absent)
        ended(frame, value.at)
      } else if (value.char === '{' || value.char === '[') {
        const variable = value.char === '{' ? readVariable(draft, value.at) : undefined
        if (variable === undefined) open(value.at, value.char)
        else ended(frame, variable)
      } else ended(frame, readScalar(draft, value.at, frame.close === '}'))
    }
  }
  return read
}

/** `u'...'` and `b"..."` of Python. */
function skipPrefix(draft: Draft, at: number): number {
  if (matchAt(/[uUbr]['"]/y, draft.source, at) === undefined) return at
  draft.drop(at, at + 1, 'string-prefix')
  return at + 1
}

function readScalar(draft: Draft, from: number, isMember: boolean): number {
  const text = draft.source
  const at = skipPrefix(draft, from)
  if (!beginsString(text, at))
    return (isMember ? readThousands(draft, at) : undefined) ?? readBareValue(draft, at)
  // Alternatives are looked for before the string is mended, since one edit must take them all.
  const trial = matchAt(
    /(["'`\u2018\u201c])[^"'`\u2018\u2019\u201c\u201d\n]{0,200}["'`\u2019\u201d]/y,
    text,
    at,
  )
  const alternatives = trial === undefined ? undefined : readAlternatives(draft, at, trial)
  return alternatives === undefined ? readQuoted(draft, at, 'value') : readBareValue(draft, at)
}

interface Value {
  at: number
  char: string
  /** Why there is none. */
  absent: 'missing-value' | 'ellipsis' | undefined
}

/** Reads a member name and its colon, and finds the value. */
function readKey(draft: Draft, from: number, read: Read): Value {
  const text = draft.source
  const at = skipPrefix(draft, from)
  const quoted = beginsString(text, at)
  const end = quoted ? readQuoted(draft, at, 'key') : readBareKey(draft, at)
  const gap = skipGap(draft, end)
  const colon = punctuation(draft, gap.end)
  let after = gap.end + 1
  if (colon === '=') {
    if (text[after] === '>' || text[after] === '=') after++
    draft.replace(gap.end, after, ':', 'equals-sign')
  } else if (colon !== ':') {
    if (colon === undefined || ',;}]'.includes(colon) || gap.newLine)
      throw new Unreadable(at, 'a member has a name and no value')
    draft.insert(end, ':', 'missing-colon')
    after = gap.end
  }
  return findValue(draft, after, read)
}

const KEY_AHEAD = /"[^"\n]{0,200}"[ \t]*:|[\w$-]{1,80}[ \t]*:(?!\/\/)/y

function findValue(draft: Draft, from: number, read: Read): Value {
  const gap: Gap = skipGap(draft, from)
  read.remark ||= gap.remark
  const at = gap.end
  const char = punctuation(draft, at) ?? ''
  const nextIsKey = gap.newLine && matchAt(KEY_AHEAD, draft.source, at) !== undefined
  const absent = char === '' || ',;}]'.includes(char) || nextIsKey
  if (!absent) return { at, char, absent: undefined }
  return { at: from, char, absent: gap.ellipsis ? 'ellipsis' : 'missing-value' }
}
