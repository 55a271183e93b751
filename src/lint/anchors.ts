import { plainText } from '../parse/text.js'
import { linesOutsideFences } from './lines.js'

const ATX = /^[ \t>]{0,12}#{1,6}[ \t]+(.{1,2000})$/
const HTML_HEADING = /<(?:h[1-6]|summary)\b[^<>]{0,500}>(.{1,2000}?)<\/(?:h[1-6]|summary)>/i
const ID = /\b(?:id|name)\s{0,3}=\s{0,3}["']([^"'<>]{1,300})["']/g
/** Blocks have headings of their own; what an embedded document is called is not known here. */
const BLOCK_TITLE = /\b(?:summary|title)\s{0,3}=\s{0,3}"([^"]{1,500})"/g
const EMBEDS = /\{%\s{0,5}(?:openapi|openapi-operation|include|swagger[^%]{0,500}\ssrc=)/

/**
 * The headings of a page in the one form in which every site's way to make anchors agrees: letters
 * and digits alone. Undefined where some come from another document.
 */
export function anchorsOf(page: string): ReadonlySet<string> | undefined {
  if (EMBEDS.test(page)) return undefined
  const anchors = new Set<string>()
  let last = ''
  for (const { text } of linesOutsideFences(page)) {
    const heading = ATX.exec(text)?.[1] ?? HTML_HEADING.exec(text)?.[1]
    if (heading !== undefined) anchors.add(normal(plainText(heading.replace(/\s#+\s*$/, ''))))
    if (/^(?:=+|-+)\s*$/.test(text)) anchors.add(normal(plainText(last)))
    if (text.includes('="') || text.includes("='")) {
      for (const match of text.matchAll(ID)) anchors.add(normal(match[1] ?? ''))
      for (const match of text.matchAll(BLOCK_TITLE)) anchors.add(normal(match[1] ?? ''))
    }
    last = text
  }
  return anchors
}

/** A number at the end may tell headings of the same words apart. */
export const sameAnchor = (fragment: string, anchors: ReadonlySet<string>): boolean =>
  [fragment, fragment.replace(/-\d{1,4}$/, '')].some((one) => anchors.has(normal(one)))

const normal = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
