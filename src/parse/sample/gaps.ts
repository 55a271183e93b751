import type { Draft } from './draft.js'

/** What stands between two tokens. */
export interface Gap {
  end: number
  newLine: boolean
  ellipsis: boolean
  /** A comment, an ellipsis or a remark was left out. */
  remark: boolean
}

/** Characters that are seen as a space or not at all, and that JSON does not take for white space. */
const INVISIBLE = /[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\f\v]/
const TAG = /<\/?(?:a|b|br|code|div|em|font|i|mark|p|pre|span|strong|sub|sup|u)(?:\s[^<>\n]{0,300})?\/?>/iy
const ELLIPSIS = /(?:\.{2,}|\u2026+|(?:\.[ \t]+){1,}\.(?=\s)|etc\b\.*)/y
/** What may follow an ellipsis on its line: `... more items`, `...others`. */
const AFTER_ELLIPSIS = /[^\n"'`\u201c\u201d{}[\],:]{1,200}(?=$|[\n,}\]])/my
const REMARK = /\([^()\n"]{0,300}\)|(?:\u2190|<-+|-+>|=>|--)[^\n]*/y

/** Skips white space, comments and everything else that is no token; notes what JSON does not allow. */
export function skipGap(draft: Draft, from: number, place: 'after-value' | 'elsewhere' = 'elsewhere'): Gap {
  const text = draft.source
  const gap: Gap = { end: from, newLine: false, ellipsis: false, remark: false }
  for (;;) {
    const at = gap.end
    const char = text[at]
    if (char === undefined) return gap
    if (char === '\n') gap.newLine = true
    if (char === ' ' || char === '\n' || char === '\t' || char === '\r') {
      gap.end++
    } else if (INVISIBLE.test(char)) {
      gap.end++
      draft.replace(at, gap.end, ' ', char === '\ufeff' ? 'byte-order-mark' : 'invisible-character')
    } else if (!skipRemark(draft, gap, char, place)) return gap
  }
}

function skipRemark(draft: Draft, gap: Gap, char: string, place: 'after-value' | 'elsewhere'): boolean {
  const text = draft.source
  const at = gap.end
  const comment = endOfComment(text, at, char)
  if (comment !== undefined) {
    draft.drop(at, comment, 'comment')
    gap.remark = true
    gap.end = comment
    return true
  }
  if (char === '.' || char === '\u2026' || char === 'e') {
    const end = endOfEllipsis(text, at)
    if (end === undefined) return false
    draft.drop(at, end, 'ellipsis')
    gap.ellipsis = true
    gap.remark = true
    gap.end = end
    return true
  }
  if (char === '<')
    return (
      skipMatch(draft, gap, TAG, 'html-tag') ||
      (place === 'after-value' && skipMatch(draft, gap, REMARK, 'annotation'))
    )
  if (char === '*' && text[at + 1] === '*') {
    draft.drop(at, at + 2, 'markdown-emphasis')
    gap.end = at + 2
    return true
  }
  if (char === '\\' && /[\s{}[\],:*_#.-]|^$/.test(text[at + 1] ?? '')) {
    draft.drop(at, at + 1, 'markdown-escape')
    gap.end = at + 1
    return true
  }
  if (char === '&' && text.startsWith('&nbsp;', at)) {
    draft.drop(at, at + 6, 'html-entity')
    gap.end = at + 6
    return true
  }
  return place === 'after-value' && skipMatch(draft, gap, REMARK, 'annotation')
}

/** Where the comment that begins here ends; undefined where none begins. A comment that is never closed takes the rest. */
export function endOfComment(text: string, at: number, char = text[at]): number | undefined {
  if (char === '#' || (char === '/' && text[at + 1] === '/')) return endOfLine(text, at)
  if (char === '/' && text[at + 1] === '*') return endOf(text, '*/', at)
  if (char === '<' && text.startsWith('<!--', at)) return endOf(text, '-->', at)
  return undefined
}

function endOfEllipsis(text: string, at: number): number | undefined {
  const end = matchAt(ELLIPSIS, text, at)
  if (end === undefined) {
    // A column of single dots, one on a line.
    const alone = text[at] === '.' && /^\s*$/.test(text.slice(text.lastIndexOf('\n', at) + 1, at).slice(-200))
    return alone && /[\s]/.test(text[at + 1] ?? '\n') ? at + 1 : undefined
  }
  return matchAt(AFTER_ELLIPSIS, text, end) ?? end
}

function skipMatch(draft: Draft, gap: Gap, pattern: RegExp, kind: 'html-tag' | 'annotation'): boolean {
  const end = matchAt(pattern, draft.source, gap.end)
  if (end === undefined) return false
  draft.drop(gap.end, end, kind)
  gap.remark ||= kind === 'annotation'
  gap.end = end
  return true
}

/** End of what a sticky pattern finds at this very place. */
export function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

function endOf(text: string, mark: string, at: number): number {
  const end = text.indexOf(mark, at)
  return end === -1 ? text.length : end + mark.length
}
