/** A line of a page that is Markdown or a tag, and not shown in a fence. */
export interface PageLine {
  readonly text: string
  /** Counts from 1. */
  readonly line: number
}

const FENCE = /^[ \t>]{0,100}(?:[-*+][ \t]{1,4}|\d{1,9}[.)][ \t]{1,4})?(`{3,}|~{3,})([^\n]*)$/

/** The lines of a page outside its fences. Of a line longer than this only the beginning is read. */
export function linesOutsideFences(page: string): PageLine[] {
  const lines: PageLine[] = []
  let fence: string | undefined
  for (const [index, whole] of page.split('\n').entries()) {
    const text = whole.slice(0, 20_000)
    const marks = FENCE.exec(text.slice(0, 400).trimEnd())
    if (fence !== undefined) {
      if (marks?.[1]?.startsWith(fence) && marks[2]?.trim() === '') fence = undefined
    } else if (marks?.[1] !== undefined && !(marks[1].startsWith('`') && marks[2]?.includes('`')))
      fence = marks[1]
    else lines.push({ text, line: index + 1 })
  }
  return lines
}

/** The line in which the fence ends that opens in `line`; undefined where none opens there. */
export function endOfFence(lines: readonly string[], line: number): number | undefined {
  const marks = FENCE.exec((lines[line - 1] ?? '').slice(0, 400).trimEnd())?.[1]
  if (marks === undefined) return undefined
  const end = lines.findIndex((text, index) => index >= line && text.trim().startsWith(marks))
  return end === -1 ? lines.length : end + 1
}

/** Without what stands between backticks. */
export const withoutCodeSpans = (text: string): string =>
  text.includes('`') ? text.replace(/(`{1,3})[^`]{1,2000}\1/g, (span) => ' '.repeat(span.length)) : text
