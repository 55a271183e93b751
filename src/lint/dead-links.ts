import { decoded } from '../operation/decoded.js'
import type { Finding } from '../operation/finding.js'
import { kindOf } from '../parse/kind.js'
import { pathFrom, type SourceFile } from '../parse/source-file.js'
import { unescapeMarkdown } from '../parse/text.js'
import { anchorsOf, sameAnchor } from './anchors.js'
import { linesOutsideFences, withoutCodeSpans } from './lines.js'

/** What a link may lead to; paths are relative to the working directory. */
export interface LinkContext {
  read(path: string): string | undefined
  /** Whether there is a file or folder. */
  exists(path: string): boolean
}

const MARKDOWN_LINK =
  /\]\(\s{0,5}(?:<([^<>]{1,1000})>|([^()\s<>]{1,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?))(?:\s{1,5}["'][^"']{0,300}["'])?\s{0,5}\)/g
/** Of HTML, and of GitBook's `{% content-ref url="…" %}` and `{% file src="…" %}`. */
const ATTRIBUTE = /\s(?:href|src|url)\s{0,3}=\s{0,3}"([^"<>{}]{1,1000})"/g
const TAG_WITH_LINK = /<(?:a|img)\b|\{%\s{0,5}(?:content-ref|file)\b/

interface Link {
  readonly href: string
  readonly line: number
}

/** Relative links of pages that lead to no file, or to a heading that is not there. Addresses are not followed. */
export function deadLinks(pages: readonly SourceFile[], context: LinkContext): Finding[] {
  const texts = new Map(pages.map(({ path, text }) => [path, text]))
  const anchors = new Map<string, ReadonlySet<string> | undefined>()
  const textOf = (path: string): string | undefined => texts.get(path) ?? context.read(path)
  const anchorsIn = (path: string): ReadonlySet<string> | undefined => {
    if (!anchors.has(path)) anchors.set(path, readAnchors(path, textOf(path)))
    return anchors.get(path)
  }
  const known = new Map<string, string | undefined>()
  const targetOf = (path: string): string | undefined => {
    if (!known.has(path)) {
      const candidates = [path, `${path}.md`, path === '' ? 'README.md' : `${path}/README.md`]
      known.set(
        path,
        candidates.find((one) => texts.has(one) || context.exists(one || '.')),
      )
    }
    return known.get(path)
  }
  return pages.flatMap((page) =>
    linksIn(page.text).flatMap(({ href, line }): Finding[] => {
      const source = { file: page.path, line }
      const [address = '', fragment = ''] = href.split(/#(.*)/s)
      const bare = decoded(address.split('?')[0] ?? '')
      const target = bare === '' ? page.path : targetOf(pathFrom(page.path, bare))
      if (target === undefined) {
        const message = `The link leads to ${bare}, and there is no such file. Correct it, or take the link out.`
        return [{ rule: 'dead-link', severity: 'error', message, source }]
      }
      const ids = fragment === '' ? undefined : anchorsIn(target)
      if (ids === undefined || sameAnchor(decoded(fragment), ids)) return []
      const message = `The link leads to the heading #${fragment}, which ${target === page.path ? 'this page' : target} does not have.`
      return [{ rule: 'dead-anchor', severity: 'warning', message, source }]
    }),
  )
}

const readAnchors = (path: string, text: string | undefined): ReadonlySet<string> | undefined =>
  text !== undefined && kindOf({ path, text }) === 'page' ? anchorsOf(text) : undefined

function linksIn(page: string): Link[] {
  return linesOutsideFences(page).flatMap(({ text, line }) => {
    if (!text.includes('](') && !TAG_WITH_LINK.test(text)) return []
    const bare = withoutCodeSpans(text)
    const found = [...bare.matchAll(MARKDOWN_LINK)].map((match) => match[1] ?? match[2] ?? '')
    if (TAG_WITH_LINK.test(bare)) found.push(...[...bare.matchAll(ATTRIBUTE)].map((match) => match[1] ?? ''))
    return found
      .map((href) => unescapeMarkdown(href).trim())
      .filter(isRelative)
      .map((href) => ({ href, line }))
  })
}

/** Leaves out addresses, paths from the root of a site, and placeholders. */
const isRelative = (href: string): boolean => href !== '' && !/^(?:[a-z][\w+.-]*:|\/|[{<$])/i.test(href)
