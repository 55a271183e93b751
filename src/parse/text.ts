import { lib } from './markdown.js'

/**
 * Text of a page as a reader sees it: Markdown's inline marks, inline HTML, entities and invisible
 * characters taken away. One pass over the text; every look ahead is bounded or remembered, so that
 * no input makes it slower than linear.
 */

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/g
const NO_BREAK = /[\u00A0\u202F\u2007]/g
/** What may be more than itself; all between two of them is text. */
const SPECIAL = /[\\`[\]<&*]/g
const PUNCTUATION = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')
/** Only these are HTML in a page: `<domain>` and `<id>` are placeholders and stay. */
const INLINE_TAG =
  /^<\/?(?:a|b|br|code|del|div|em|figcaption|figure|font|i|img|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,500})?\/?>/i
const LINK_TARGET =
  /^\((?:<[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?)(?:\s+"[^"\n]{0,300}")?\)/
const AUTOLINK = /^<((?:https?|mailto):[^\s<>]{1,2000})>/
const ENTITY = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i

/** The text without zero-width characters and with plain spaces for no-break ones. */
export const visible = (text: string): string => text.replace(INVISIBLE, '').replace(NO_BREAK, ' ')

/** HTML entities decoded: `&#x20;` is a space. */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi, lib.entity) : text

/** Markdown's backslash escapes undone, and entities decoded: how GitBook stores text in attributes. */
export const unescapeMarkdown = (text: string): string =>
  decodeEntities(text.replace(/\\([!-/:-@[-`{-~])/g, '$1'))

/** One run of inline Markdown as plain text. */
export function plainText(markdown: string): string {
  const out: string[] = []
  const brackets: number[] = []
  const runs = new BacktickRuns(markdown)
  let i = 0
  const take = (pattern: RegExp, length = 2600): RegExpExecArray | null =>
    pattern.exec(markdown.slice(i, i + length))
  while (i < markdown.length) {
    const char = markdown.charAt(i)
    if (char === '\\' && PUNCTUATION.has(markdown.charAt(i + 1))) {
      out.push(markdown.charAt(i + 1))
      i += 2
    } else if (char === '`') {
      const run = runLength(markdown, i)
      const close = runs.after(i + run, run)
      if (close === undefined) {
        out.push(markdown.slice(i, i + run))
        i += run
      } else {
        out.push(markdown.slice(i + run, close))
        i = close + run
      }
    } else if (char === '[') {
      brackets.push(out.push('[') - 1)
      i += 1
    } else if (char === ']') {
      const open = brackets.pop()
      i += 1
      const target = markdown.charAt(i) === '(' ? take(LINK_TARGET, 4600) : null
      if (open === undefined || target === null) out.push(']')
      else {
        out[open] = ''
        if (out[open - 1] === '!') out[open - 1] = ''
        i += target[0].length
      }
    } else if (char === '<') {
      const link = take(AUTOLINK)
      const tag = link ?? take(INLINE_TAG, 520)
      out.push(link?.[1] ?? (tag === null ? '<' : /^<\/?(?:br|p|li|tr)\b/i.test(tag[0]) ? '\n' : ''))
      i += tag?.[0].length ?? 1
    } else if (char === '&') {
      const entity = take(ENTITY, 40)
      out.push(entity === null ? '&' : lib.entity(entity[0]))
      i += entity?.[0].length ?? 1
    } else if (char === '*' && markdown.charAt(i + 1) === '*') {
      i += 2
    } else {
      SPECIAL.lastIndex = i + 1
      const next = SPECIAL.exec(markdown)?.index ?? markdown.length
      out.push(markdown.slice(i, next))
      i = next
    }
  }
  return unwrap(visible(out.join('')).trim())
}

/** `_whole_` and `*whole*` lose their marks; `_id` and `a*b` are names and stay. */
function unwrap(text: string): string {
  const inner = /^([*_])(?=[^\s*_])([^*]*[^\s*_])\1$/.exec(text)?.[2]
  return inner ?? text
}

function runLength(text: string, start: number): number {
  let end = start
  while (text.charAt(end) === '`') end += 1
  return end - start
}

/** Where runs of backticks stand, by their length, so that the one that closes a span is found at once. */
class BacktickRuns {
  #starts: Map<number, number[]> | undefined
  /** By length, how many runs are already behind. */
  readonly #behind = new Map<number, number>()

  constructor(private readonly text: string) {}

  /** The first run of exactly this length at or after a place; places only ever grow. */
  after(from: number, length: number): number | undefined {
    const starts = (this.#starts ??= this.#read()).get(length) ?? []
    let index = this.#behind.get(length) ?? 0
    while ((starts[index] ?? from) < from) index += 1
    this.#behind.set(length, index)
    return starts[index]
  }

  #read(): Map<number, number[]> {
    const starts = new Map<number, number[]>()
    for (let at = this.text.indexOf('`'); at !== -1;) {
      const length = runLength(this.text, at)
      const known = starts.get(length)
      if (known === undefined) starts.set(length, [at])
      else known.push(at)
      at = this.text.indexOf('`', at + length)
    }
    return starts
  }
}

/** The links of a run of inline Markdown, in order. */
export function linksOf(markdown: string): { text: string; href: string }[] {
  if (!markdown.includes('](')) return []
  return [...markdown.matchAll(/(?<!!)\[([^[\]]{1,300})\]\(([^()\s]{1,1000})(?:\s[^()]{0,300})?\)/g)].map(
    (match) => ({
      text: plainText(match[1] ?? ''),
      href: unescapeMarkdown((match[2] ?? '').replace(/^<|>$/g, '')),
    }),
  )
}
