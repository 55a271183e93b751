import type { Code } from '../../parse/blocks.js'
import { LineIndex } from '../../parse/line-index.js'
import type { TextEdit } from '../../parse/text-edit.js'

/**
 * A listing of a page by lines, each at its place in the page. Markdown takes indentation and the
 * marks of quotes off the lines of a fence; edits of the listing put them before lines they add.
 */
export class Listing {
  /** The lines of the listing, without their line breaks. */
  readonly lines: readonly string[]
  readonly #starts: readonly number[]
  readonly #prefix: string
  readonly #index: LineIndex
  /** Where the lines begin in the listing's own text. */
  readonly #offsets: readonly number[]
  readonly #length: number

  private constructor(lines: readonly string[], starts: readonly number[], prefix: string) {
    this.lines = lines
    this.#starts = starts
    this.#prefix = prefix
    const text = lines.join('\n')
    this.#index = new LineIndex(text)
    this.#offsets = pageLines(text).starts
    this.#length = text.length
  }

  /** Undefined where the page does not show the listing's text as it is: an HTML listing, say. */
  static of(code: Code, page: PageLines): Listing | undefined {
    const lines = code.text.replace(/\n$/, '').split('\n')
    const starts: number[] = []
    let prefix: string | undefined
    for (const [index, line] of lines.entries()) {
      const shown = page.lines[code.line - 1 + index]
      const start = page.starts[code.line - 1 + index]
      if (shown === undefined || start === undefined || !shown.endsWith(line)) return undefined
      const before = shown.slice(0, shown.length - line.length)
      if (!/^[ \t>]*$/.test(before)) return undefined
      if (line !== '') prefix ??= before
      starts.push(start + before.length)
    }
    return new Listing(lines, starts, prefix ?? '')
  }

  /** An edit of the listing's text as one of the page. */
  edit({ start, end, text }: TextEdit): TextEdit {
    return {
      start: this.#place(start),
      end: this.#place(end),
      text: text.replaceAll('\n', `\n${this.#prefix}`),
    }
  }

  #place(offset: number): number {
    const at = Math.min(offset, this.#length)
    const index = this.#index.lineAt(at) - 1
    return (this.#starts[index] ?? 0) + at - (this.#offsets[index] ?? 0)
  }
}

/** The lines of a page and where they begin. */
export interface PageLines {
  readonly lines: readonly string[]
  readonly starts: readonly number[]
}

export function pageLines(text: string): PageLines {
  const lines = text.split('\n')
  let at = 0
  const starts = lines.map((line) => {
    const start = at
    at += line.length + 1
    return start
  })
  return { lines, starts }
}
