import { readAttributes } from '../../parse/attributes.js'
import { withoutFrontMatter } from '../../parse/front-matter.js'
import { GITBOOK_TAGS } from '../../parse/gitbook/tag-rules.js'
import { splitRegions } from '../../parse/regions.js'
import { applyEdits } from '../../parse/text-edit.js'
import type { Fix } from './fix.js'

/** What makes the attributes of each tag `key="value"`, where a reader then sees the same values. */
export function tagFixes(page: string): Fix[] {
  return splitRegions(withoutFrontMatter(page)).flatMap((region): Fix[] => {
    if (region.kind !== 'tag' || region.end || region.broken) return []
    const known = GITBOOK_TAGS.attributes(region.name)
    const { values, edits } = readAttributes(region.attributes, known)
    if (edits.length === 0) return []
    const now = readAttributes(applyEdits(region.attributes, edits), known)
    const same = [...values].every(([key, value]) => now.values.get(key)?.trim() === value.trim())
    if (now.mended.length > 0 || !same || now.values.size !== values.size) return []
    const { at, line } = region
    return [
      {
        rule: 'tag-attributes',
        line,
        edits: edits.map(({ start, end, text }) => ({ start: start + at, end: end + at, text })),
      },
    ]
  })
}
