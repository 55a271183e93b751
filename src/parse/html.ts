import { Tokenizer } from 'htmlparser2'
import type { Block, Code, Table } from './blocks.js'
import { LineIndex } from './line-index.js'
import { visible } from './text.js'

/**
 * The tables, listings, headings and text of a piece of HTML, as blocks. The tokenizer keeps no
 * stack of elements, so nothing here depends on how deep they are nested or whether they are closed.
 */
export function readHtml(html: string, line: number): Block[] {
  const reader = new HtmlReader(html, line)
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader)
  tokenizer.write(html)
  tokenizer.end()
  return reader.blocks
}

const BLOCK_END = new Set(['p', 'div', 'li', 'ul', 'ol', 'details', 'blockquote', 'figure'])
/** Heading levels of elements that head what follows them; `summary` heads less than any heading. */
const HEADS: ReadonlyMap<string, number> = new Map([
  ...[1, 2, 3, 4, 5, 6].map((level): [string, number] => [`h${level}`, level]),
  ['summary', 7],
])

class HtmlReader {
  readonly blocks: Block[] = []
  readonly #lines: LineIndex
  #text: string[] = []
  #textLine: number
  #table: Table | undefined
  #row: { cells: string[]; line: number; head: boolean } | undefined
  #pre: Code | undefined
  #tag = ''

  constructor(
    private readonly html: string,
    private readonly line: number,
  ) {
    this.#lines = new LineIndex(html)
    this.#textLine = line
  }

  ontext(start: number, end: number): void {
    this.#add(this.html.slice(start, end), start)
  }
  ontextentity(codepoint: number, end: number): void {
    this.#add(String.fromCodePoint(codepoint), end)
  }
  onopentagname(start: number, end: number): void {
    const name = this.html.slice(start, end).toLowerCase()
    this.#tag = name
    if (name === 'br') this.#add('\n', start)
    else if (this.#pre !== undefined) return
    else if (name === 'pre') {
      this.#endText()
      if (this.#row === undefined) this.#pre = { kind: 'code', info: '', text: '', line: this.#lineAt(start) }
    } else if (name === 'table') {
      this.#endText()
      this.#endTable()
      this.#table = { kind: 'table', header: [], rows: [], line: this.#lineAt(start) }
    } else if (name === 'tr' && this.#table !== undefined) {
      this.#endRow()
      this.#row = { cells: [], line: this.#lineAt(start), head: false }
    } else if ((name === 'td' || name === 'th') && this.#table !== undefined) {
      this.#row ??= { cells: [], line: this.#lineAt(start), head: false }
      this.#row.head ||= name === 'th'
      this.#text = []
    } else if (BLOCK_END.has(name)) this.#breakText()
    else if (HEADS.has(name) && this.#row === undefined) this.#endText()
  }
  onattribdata(start: number, end: number): void {
    if (this.#pre === undefined || (this.#tag !== 'pre' && this.#tag !== 'code')) return
    const language = /\blang(?:uage)?-([\w-]{1,40})/.exec(this.html.slice(start, end))?.[1]
    if (language !== undefined) this.#pre.info = language
  }
  onclosetag(start: number, end: number): void {
    const name = this.html.slice(start, end).toLowerCase()
    if (name === 'pre') this.#endPre()
    else if (this.#pre !== undefined) return
    else if (name === 'td' || name === 'th') this.#endCell()
    else if (name === 'tr') this.#endRow()
    else if (name === 'table') this.#endTable()
    else if (HEADS.has(name) && this.#row === undefined) this.#endText(HEADS.get(name))
    else if (BLOCK_END.has(name)) this.#breakText()
  }
  onend(): void {
    this.#endPre()
    this.#endTable()
    this.#endText()
  }
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}

  #lineAt(offset: number): number {
    return this.line + this.#lines.lineAt(offset) - 1
  }

  #add(text: string, offset: number): void {
    if (this.#text.length === 0) {
      const lead = text.length - text.trimStart().length
      this.#textLine = this.#lineAt(Math.min(offset + (this.#pre === undefined ? lead : 0), this.html.length))
      if (this.#pre !== undefined) this.#pre.line = this.#textLine
    }
    this.#text.push(text)
  }

  #breakText(): void {
    if (this.#row === undefined) this.#endText()
    else if (this.#text.length > 0) this.#text.push('\n')
  }

  #endText(level?: number): void {
    const text = visible(this.#text.join('')).trim()
    this.#text = []
    if (text === '' || this.#table !== undefined) return
    const line = this.#textLine
    this.blocks.push(
      level === undefined
        ? { kind: 'paragraph', text, markdown: text, line }
        : { kind: 'heading', level, text, line },
    )
  }

  #endPre(): void {
    if (this.#pre === undefined) return
    this.blocks.push({ ...this.#pre, text: this.#text.join('') })
    this.#pre = undefined
    this.#text = []
  }

  #endCell(): void {
    if (this.#row !== undefined) this.#row.cells.push(visible(this.#text.join('')).trim())
    this.#text = []
  }

  #endRow(): void {
    if (this.#row === undefined || this.#table === undefined) return
    if (this.#text.join('').trim() !== '') this.#endCell()
    const { head, cells, line } = this.#row
    this.#row = undefined
    if (cells.length === 0) return
    if (head && this.#table.header.length === 0 && this.#table.rows.length === 0) this.#table.header = cells
    else this.#table.rows.push({ cells, line })
  }

  #endTable(): void {
    if (this.#table === undefined) return
    this.#endRow()
    const table = this.#table
    this.#table = undefined
    this.#text = []
    if (table.header.length > 0 || table.rows.length > 0) this.blocks.push(table)
  }
}
