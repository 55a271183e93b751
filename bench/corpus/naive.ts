/**
 * A second opinion on what pages hold, by line and pattern and with nothing of the reader in it: what
 * the reader loses shows as a difference between the two.
 */
export type Dialect = 'swagger' | 'api-method' | 'embedded' | 'mark heading'
export const DIALECTS: readonly Dialect[] = ['swagger', 'api-method', 'embedded', 'mark heading']

export interface NaiveBlock {
  readonly dialect: Dialect
  readonly line: number
  /** In upper case, empty where the tag does not say. */
  readonly method: string
}

export interface NaivePage {
  readonly blocks: readonly NaiveBlock[]
  /** Listings that are strict JSON objects or lists, after the first block. */
  readonly samples: readonly { readonly line: number; readonly value: unknown }[]
  /** Lines in listings that begin with curl. */
  readonly curls: number
}

const TAG = /\{%-?\s*(swagger|api-method|openapi|openapi-operation)(?=[\s%])([^%]*)/
const MARK =
  /<mark\b[^>]*>\s*(?:<[^>]+>|[*`_])*\s*(GET|PUT|POST|DELETE|DEL|PATCH|HEAD)\s*(?:<[^>]+>|[*`_:])*\s*<\/mark>[*_`\s]*(?=[`/h{<[(*_\\]|&)/i
const FENCE = /^\s*(`{3,}|~{3,})/

export function readNaively(page: string): NaivePage {
  const blocks: NaiveBlock[] = []
  const samples: NaivePage['samples'][number][] = []
  let curls = 0
  let raw = false
  let fence: { mark: string; line: number; text: string[] } | undefined
  for (const [index, text] of page.split(/\r\n?|\n/).entries()) {
    const line = index + 1
    const mark = FENCE.exec(text)?.[1]
    if (fence) {
      if (mark?.startsWith(fence.mark) && text.trim() === mark) {
        const value = json(fence.text.join('\n'))
        if (value !== undefined && blocks.length > 0) samples.push({ line: fence.line, value })
        fence = undefined
      } else {
        fence.text.push(text)
        if (/^\s*curl\s/.test(text)) curls++
      }
      continue
    }
    if (mark !== undefined && !text.trim().slice(mark.length).includes('`')) {
      fence = { mark, line: line + 1, text: [] }
      continue
    }
    if (/\{%\s*raw\s*%\}/.test(text)) raw = true
    if (/\{%\s*endraw\s*%\}/.test(text)) raw = false
    const tag = raw ? null : TAG.exec(text.replaceAll(/`[^`]*`/g, ''))
    const dialect = tag && dialectOf(tag[1] ?? '', tag[2] ?? '')
    if (dialect) blocks.push({ dialect, line, method: /method="(\w*)"/.exec(text)?.[1]?.toUpperCase() ?? '' })
    const heading = MARK.exec(text)
    if (heading && !text.trim().startsWith('|') && !text.slice(0, heading.index).includes('`')) {
      blocks.push({ dialect: 'mark heading', line, method: (heading[1] ?? '').toUpperCase() })
    }
  }
  return { blocks, samples, curls }
}

function dialectOf(name: string, attributes: string): Dialect {
  if (name === 'api-method') return 'api-method'
  return name === 'swagger' && !/\bsrc\s*=/.test(attributes) ? 'swagger' : 'embedded'
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
