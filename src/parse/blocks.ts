import { append } from '../operation/append.js'
import type { Token } from 'markdown-it'
import { type Attributes, readAttributes } from './attributes.js'
import { withoutFrontMatter } from './front-matter.js'
import { readHtml } from './html.js'
import { markdown } from './markdown.js'
import { type Region, splitRegions } from './regions.js'
import { plainText } from './text.js'

/** What a page is made of. Lines count from 1 in the page. */
export type Block = Heading | Paragraph | Code | Table | Tag

export interface Heading {
  kind: 'heading'
  /** 1 to 6; 7 for the summary of a fold-out. */
  level: number
  text: string
  line: number
}
export interface Paragraph {
  kind: 'paragraph'
  text: string
  /** As written, with its marks. */
  markdown: string
  line: number
}
export interface Code {
  kind: 'code'
  /** Info string of the fence or language of the listing. */
  info: string
  text: string
  /** Of the first line of `text`. */
  line: number
}
export interface Table {
  kind: 'table'
  header: string[]
  rows: { cells: string[]; line: number }[]
  line: number
}
export interface Tag {
  kind: 'tag'
  name: string
  attributes: Attributes
  children: Block[]
  line: number
  /** False where the page never closes it, or where the tag itself has no `%}`. */
  closed: boolean
}

/** Tags nested deeper than this are read as if they stood beside each other. */
const DEPTH = 64

/** What kinds of tag there are: which may hold which, and the attributes they are known to have. */
export interface TagRules {
  /** An opening tag ends every open one of the same family whose rank is not lower. */
  rank(name: string): { family: string; rank: number } | undefined
  attributes(name: string): ReadonlySet<string>
}

/** The blocks of a page, GitBook's tags holding the blocks that they enclose. */
export function readBlocks(page: string, rules: TagRules): Block[] {
  const regions = splitRegions(withoutFrontMatter(page))
  const ends = new Map<string, number>()
  for (const region of regions) {
    if (region.kind === 'tag' && region.end) ends.set(region.name, (ends.get(region.name) ?? 0) + 1)
  }
  const root: Block[] = []
  const open: Tag[] = []
  const into = (): Block[] => open.at(-1)?.children ?? root
  for (const region of regions) {
    if (region.kind !== 'tag') {
      append(into(), readText(region))
    } else if (region.end) {
      ends.set(region.name, (ends.get(region.name) ?? 1) - 1)
      const at = open.findLastIndex((tag) => tag.name === region.name)
      const tag = open[at]
      if (tag === undefined) continue
      tag.closed = true
      open.length = at
    } else {
      const ranked = rules.rank(region.name)
      if (ranked !== undefined) {
        const at = open.findIndex((tag) => {
          const other = rules.rank(tag.name)
          return other?.family === ranked.family && other.rank >= ranked.rank
        })
        if (at !== -1) open.length = at
      }
      const attributes = readAttributes(region.attributes, rules.attributes(region.name))
      const tag: Tag = {
        kind: 'tag',
        name: region.name,
        attributes,
        children: [],
        line: region.line,
        closed: false,
      }
      into().push(tag)
      if ((ranked !== undefined || (ends.get(region.name) ?? 0) > 0) && open.length < DEPTH) open.push(tag)
    }
  }
  return root
}

function readText(region: Extract<Region, { text: string }>): Block[] {
  if (region.kind === 'html') return readHtml(region.text, region.line)
  return blocksOf(markdown.parse(outdented(region.text), {}), region.line)
}

/** Text inside a tag that stands in a list is indented as a whole; that depth means nothing here. */
function outdented(text: string): string {
  const lines = text.split('\n')
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const depth = first.length - first.trimStart().length
  if (depth < 4) return text
  return lines.map((line) => line.slice(Math.min(depth, line.length - line.trimStart().length))).join('\n')
}

function blocksOf(tokens: readonly Token[], firstLine: number): Block[] {
  const blocks: Block[] = []
  let table: Table | undefined
  let row: { cells: string[]; line: number } | undefined
  let heading = 0
  for (const token of tokens) {
    const line = firstLine + (token.map?.[0] ?? 0)
    if (token.type === 'table_open') {
      table = { kind: 'table', header: [], rows: [], line }
      blocks.push(table)
    } else if (token.type === 'table_close') table = undefined
    else if (token.type === 'tr_open') row = { cells: [], line }
    else if (token.type === 'tr_close' && row !== undefined && table !== undefined) {
      if (table.header.length === 0) table.header = row.cells
      else table.rows.push(row)
      row = undefined
    } else if (token.type === 'heading_open') heading = Number(token.tag.slice(1))
    else if (token.type === 'heading_close') heading = 0
    else if (token.type === 'inline') {
      const text = plainText(token.content)
      if (row !== undefined) row.cells.push(text)
      else if (heading > 0) blocks.push({ kind: 'heading', level: heading, text, line })
      else if (token.content !== '') blocks.push({ kind: 'paragraph', text, markdown: token.content, line })
    } else if (token.type === 'fence') {
      // An empty listing at the end of a page has no line of its own.
      const first = firstLine + Math.min((token.map?.[0] ?? 0) + 1, Math.max(0, (token.map?.[1] ?? 1) - 1))
      blocks.push({ kind: 'code', info: token.info.trim(), text: token.content, line: first })
    } else if (token.type === 'html_block') append(blocks, readHtml(token.content, line))
  }
  return blocks
}
