import { parseDocument } from 'yaml'

/** Longer front matter than this is not read. */
const LONGEST = 20_000

/** A page's front matter becomes blank, so that everything else stays where it is. */
export function withoutFrontMatter(page: string): string {
  const text = page.replace(/\r\n?/g, '\n')
  const end = endOfFrontMatter(text)
  return end === undefined ? text : text.slice(0, end).replace(/[^\n]/g, ' ') + text.slice(end)
}

/** The `description` of a page's front matter, with its line breaks folded; undefined where it has none. */
export function descriptionOf(page: string): string | undefined {
  const text = page.replace(/\r\n?/g, '\n')
  const end = endOfFrontMatter(text)
  if (end === undefined || end > LONGEST) return undefined
  const document = parseDocument(text.slice(text.indexOf('\n') + 1, end - '\n---'.length + 1), {
    logLevel: 'silent',
  })
  const description: unknown = document.errors.length > 0 ? undefined : document.get('description')
  return typeof description === 'string' && description.trim() !== '' ? description.trim() : undefined
}

/** Where the line ends that closes the front matter. */
function endOfFrontMatter(text: string): number | undefined {
  if (!/^\uFEFF?---[ \t]*\n/.test(text)) return undefined
  const end = text.indexOf('\n---', 3)
  if (end === -1 || !/^[ \t]*(?:\n|$)/.test(text.slice(end + 4, end + 200))) return undefined
  return end + '\n---'.length
}
