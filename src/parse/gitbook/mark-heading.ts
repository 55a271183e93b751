import type { Block } from '../blocks.js'
import { visible } from '../text.js'
import { type BlockFacts, noFacts } from './facts.js'

const METHOD = 'GET|PUT|POST|DELETE|DEL|PATCH|HEAD|OPTIONS'
const MARK = /<\/?(?:mark|code|strong|b|span|em|kbd|font)\b[^<>]{0,300}>/gi
/** `METHOD` set off by a mark, code or bold, then an address and nothing that reads on as prose. */
const LINE = new RegExp(`^(${METHOD})\\s*:?\\s+(\\S.*)$`, 'i')

/** A line such as `<mark>POST</mark> /users` that heads the documentation of an operation. */
export interface MethodLine {
  method: string
  url: string
  line: number
  /** True without a mark: then it documents an operation only where more facts follow. */
  plain: boolean
  /** True where the line is itself a heading. */
  heading: boolean
}

export function methodLineOf(block: Block): MethodLine | undefined {
  if (block.kind === 'paragraph') {
    const first = block.markdown.split('\n', 1)[0] ?? ''
    const marked = /^\s*(?:[_*#]{0,4}\s*)?(?:<mark\b|`|\*\*|<strong>|<code>)/i.test(first)
    return marked
      ? readLine(first, block.line, { plain: !first.includes('<mark'), heading: false })
      : undefined
  }
  if (block.kind !== 'heading') return undefined
  return readLine(block.text, block.line, { plain: true, heading: true })
}

function readLine(
  markdown: string,
  line: number,
  kind: Pick<MethodLine, 'plain' | 'heading'>,
): MethodLine | undefined {
  if (markdown.length > 4000) return undefined
  const bare = visible(markdown.replace(MARK, ' '))
    .replace(/[`]|\*\*|^\s*[_*]+\s*/g, ' ')
    .replace(/\\([_[\]{}<>*&~-])/g, '$1')
  const match = LINE.exec(bare.replace(/&#x20;|\s+/g, ' ').trim())
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  const url = match[2]
    .trim()
    .replace(/\s*(?:[–—]|\s-\s).*$/, '')
    .replace(/_$/, '')
  if (!/^(?:\/|https?:|[{<[$]|[\w.-]{1,80}\.[a-z]{2,10}\/|[\w-]{1,60}\/[\w{<:[/.-])/i.test(url))
    return undefined
  if (kind.plain && !/^(?:\/|https?:|[{<[$])/i.test(url)) return undefined
  const words = url
    .replace(/[{<[][^{}<>[\]]*[}>\]]|\?.*$/g, '')
    .trim()
    .split(/\s+/)
  if (words.length > 3) return undefined
  const method = match[1].toUpperCase()
  return { method: method === 'DEL' ? 'DELETE' : method, url, line, ...kind }
}

export function readMarkHeading(root: MethodLine, heading: string | undefined, file: string): BlockFacts {
  const facts = noFacts({ file, line: root.line })
  facts.method = root.method
  facts.path = root.url
  if (heading !== undefined) facts.summary = heading
  return facts
}
