import { LineIndex } from './line-index.js'

/**
 * A page cut into what is Markdown, what is an HTML table or listing, and GitBook's tags. Tags that
 * are shown and not meant stay in the Markdown: those in code fences, code spans, listings,
 * comments and `{% raw %}`. One pass; each look ahead remembers its last answer.
 */
export type Region =
  | { kind: 'markdown' | 'html'; text: string; line: number }
  | {
      kind: 'tag'
      name: string
      end: boolean
      attributes: string
      /** Where the attributes begin in the page. */
      at: number
      line: number
      broken: boolean
    }

const FENCE = /^[ \t>]{0,200}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,20}){0,3}(`{3,}|~{3,})([^\n]*)$/
const HTML_REGION = /^[ \t]{0,200}<(table|pre)\b/i
const TAG_NAME = /^-?\s{0,20}(end)?([A-Za-z][\w\\-]{0,80})/
/** How far up an end tag looks for its beginning; deeper nesting than this is not a page. */
const REACH = 64
/** How many fences that are never closed are looked into for tags; each costs a look at the rest of the page. */
const OPEN_FENCES = 16

export const splitRegions = (page: string): Region[] => new Splitter(page).split()

class Splitter {
  readonly #regions: Region[] = []
  readonly #open: string[] = []
  readonly #lines: LineIndex
  /** The last answer of each kind of look ahead; each is only ever asked from growing places. */
  readonly #found = new Map<string, number>()
  #textStart = 0
  #openFences = 0

  constructor(private readonly page: string) {
    this.#lines = new LineIndex(page)
  }

  split(): Region[] {
    for (let at = 0; at < this.page.length;) at = this.#readLine(at)
    this.#endMarkdown(this.page.length)
    return this.#regions
  }

  /** Reads the line at `at` and what begins on it; returns where the next unread line begins. */
  #readLine(at: number): number {
    const end = this.#lines.endOfLine(at)
    const line = this.page.slice(at, Math.min(end, at + 2000)).trimEnd()
    const fence = FENCE.exec(line)
    if (fence?.[1] !== undefined && !(fence[1].startsWith('`') && fence[2]?.includes('`'))) {
      return this.#skipFence(end + 1, fence[1])
    }
    const html = HTML_REGION.exec(line)?.[1]
    const close = html === undefined ? -1 : this.#find(`</${html.toLowerCase()}>`, at)
    return close === -1 ? this.#readTags(at, end) : this.#takeHtml(at, this.#lines.endOfLine(close))
  }

  /**
   * Where the fence ends whose content begins at `from`. One that is never closed ends where the tag
   * around it does, else before the first tag in it, so that it swallows no block.
   */
  #skipFence(from: number, marks: string): number {
    const opened = new Map<string, number>()
    const given = this.#openFences >= OPEN_FENCES
    let firstTag: number | undefined
    let at = from
    while (at < this.page.length) {
      const end = this.#lines.endOfLine(at)
      const line = this.page.slice(at, Math.min(end, at + 400)).trim()
      if (line.startsWith(marks) && line.replaceAll(marks.charAt(0), '') === '') return end + 1
      const tag = line.startsWith('{%') ? TAG_NAME.exec(line.slice(2)) : null
      if (tag?.[2] !== undefined) {
        firstTag ??= at
        const inside = opened.get(tag[2]) ?? 0
        if (tag[1] !== undefined && inside === 0 && this.#open.includes(tag[2], -REACH)) return at
        opened.set(tag[2], inside + (tag[1] === undefined ? 1 : -1))
      }
      at = end + 1
    }
    this.#openFences += 1
    return given ? at : (firstTag ?? at)
  }

  #takeHtml(at: number, end: number): number {
    this.#endMarkdown(at)
    this.#regions.push({ kind: 'html', text: this.page.slice(at, end), line: this.#lines.lineAt(at) })
    this.#textStart = end + 1
    return end + 1
  }

  /** Tags on the line from `at` to `end`; a tag or comment may take it on over further lines. */
  #readTags(at: number, end: number): number {
    let from = at
    let lineEnd = end
    let inCode = false
    for (;;) {
      const open = this.#find('{%', from)
      const comment = this.#find('<!--', from)
      const next = comment !== -1 && (open === -1 || comment < open) ? comment : open
      if (next === -1 || next >= lineEnd) return lineEnd + 1
      for (let i = from; i < next; i += 1) if (this.page.charAt(i) === '`') inCode = !inCode
      const stop = inCode ? undefined : next === open ? this.#takeTag(open) : this.#commentEnd(comment)
      from = stop ?? next + 2
      if (stop === undefined) continue
      if (from >= this.page.length) return from
      lineEnd = this.#lines.endOfLine(from)
    }
  }

  #commentEnd(comment: number): number | undefined {
    const close = this.#find('-->', comment)
    return close === -1 ? undefined : close + 3
  }

  /** Takes the tag at `open`; returns where the page goes on, or undefined where there is no tag. */
  #takeTag(open: number): number | undefined {
    const match = TAG_NAME.exec(this.page.slice(open + 2, open + 120))
    const name = match?.[2]?.replaceAll('\\', '')
    if (match === null || name === undefined) return undefined
    const close = this.#find('%}', open + 2)
    const other = this.#find('{%', open + 2)
    const broken = close === -1 || (other !== -1 && other < close)
    const stop = broken ? this.#lines.endOfLine(open) : close
    const at = open + 2 + match[0].length
    const attributes = this.page.slice(at, Math.max(stop, at)).replace(/-$/, '')
    this.#endMarkdown(open)
    const end = match[1] !== undefined
    let next = broken ? stop : stop + 2
    if (name === 'raw' && !end && !broken) {
      this.#textStart = next
      next = this.#rawEnd(next) ?? next
    } else {
      const line = this.#lines.lineAt(open)
      this.#regions.push({ kind: 'tag', name, end, attributes, at, line, broken })
      this.#track(name, end)
      this.#textStart = next
    }
    return next
  }

  #track(name: string, end: boolean): void {
    if (!end) this.#open.push(name)
    else if (this.#open.includes(name, -REACH)) this.#open.length = this.#open.lastIndexOf(name)
  }

  /** What `{% raw %}` encloses is Markdown, whatever tags it shows. */
  #rawEnd(from: number): number | undefined {
    const name = this.#find('endraw', from)
    const end = name === -1 ? -1 : this.#find('%}', name, 'the end of endraw')
    if (end === -1) return undefined
    this.#endMarkdown(this.page.lastIndexOf('{%', name))
    this.#textStart = end + 2
    return end + 2
  }

  /** Ends the running Markdown at `at`; what follows begins there. */
  #endMarkdown(at: number): void {
    const text = this.page.slice(this.#textStart, at)
    if (text.trim() !== '') {
      this.#regions.push({ kind: 'markdown', text, line: this.#lines.lineAt(this.#textStart) })
    }
    this.#textStart = at
  }

  #find(text: string, from: number, kind = text): number {
    const known = this.#found.get(kind)
    if (known !== undefined && (known === -1 || known >= from)) return known
    const found = this.page.indexOf(text, from)
    this.#found.set(kind, found)
    return found
  }
}
