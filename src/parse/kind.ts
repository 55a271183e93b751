import type { SourceFile } from './source-file.js'

export type SourceKind = 'page' | 'openapi' | 'postman' | 'examples'

/** What a file is, by its name and a look at its text; undefined where no reader is for it. */
export function kindOf({ path, text }: SourceFile): SourceKind | undefined {
  if (/\.(?:md|markdown|mdx)$/i.test(path)) return 'page'
  const head = text.slice(0, 200_000)
  if (/(?:^|[./\\])examples\.json$/i.test(path) && /^\s*\{/.test(head) && /"mediaType"\s*:/.test(head))
    return 'examples'
  // Most descriptions say it at once, and are long.
  if (/^\uFEFF?\s*\{\s*"(?:openapi|swagger)"\s*:/.test(head)) return 'openapi'
  if (/schema\.(?:get)?postman\.com|"_postman_id"/.test(head)) return 'postman'
  if (/^[ \t]*["']?(?:openapi|swagger)["']?\s*:/m.test(head) || /[{,]\s*"(?:openapi|swagger)"\s*:/.test(head))
    return 'openapi'
  // A collection need not name its schema.
  if (/^\uFEFF?\s*\{/.test(head) && /"info"\s*:\s*\{/.test(head) && /"item"\s*:\s*\[/.test(head))
    return 'postman'
  // A page may come without a name, on standard input.
  return /\{%|^#{1,6} |<mark/m.test(head) && !/\.[a-z]{1,5}$/i.test(path) ? 'page' : undefined
}
