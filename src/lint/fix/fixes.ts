import type { Block, Code } from '../../parse/blocks.js'
import { readBlocks } from '../../parse/blocks.js'
import { GITBOOK_TAGS } from '../../parse/gitbook/tag-rules.js'
import { curlFixes } from './curl-fix.js'
import type { Fix } from './fix.js'
import { Listing, pageLines } from './listing.js'
import { sampleFix } from './sample-fix.js'
import { tagFixes } from './tag-fix.js'

/** Everything in a page that can be mended, whether or not a reader has found fault with it. */
export function fixesOf(page: string): Fix[] {
  const lines = pageLines(page)
  const listings = codeIn(readBlocks(page, GITBOOK_TAGS)).flatMap((code) => {
    const listing = Listing.of(code, lines)
    return listing === undefined ? [] : (curlFixes(code, listing) ?? sampleFix(code, listing))
  })
  return [...tagFixes(page), ...listings]
}

const codeIn = (blocks: readonly Block[]): Code[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'code') return [block]
    return block.kind === 'tag' ? codeIn(block.children) : []
  })
