import type { Code } from '../../parse/blocks.js'
import { readCurls } from '../../parse/curl.js'
import type { TextEdit } from '../../parse/text-edit.js'
import type { Fix } from './fix.js'
import type { Listing } from './listing.js'

/** What makes the curl commands of a listing run as printed. Undefined where it shows none. */
export function curlFixes(code: Code, listing: Listing): Fix[] | undefined {
  const curls = readCurls(code.text, { file: '', line: code.line })
  if (curls.length === 0) return undefined
  const fixes = new Map<string, Fix & { edits: TextEdit[] }>()
  for (const { rule, line, edits } of curls.flatMap(({ mends }) => mends)) {
    // One finding may stand for several slips of its line.
    const key = `${rule} ${line}`
    const fix = fixes.get(key) ?? { rule, line, edits: [] }
    fixes.set(key, fix)
    for (const edit of edits) fix.edits.push(listing.edit(edit))
  }
  return [...fixes.values()]
}
