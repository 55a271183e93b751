import type { Link } from '../../operation/operation.js'
import type { Block } from '../blocks.js'
import { readSamples } from '../sample.js'
import { linksOf } from '../text.js'
import type { LabelledSample } from './facts.js'
import { inlineSample } from './inline-sample.js'

/**
 * The text of a part of a block, its paragraphs apart by blank lines; tables and listings left out.
 * GitBook's export puts a link inside a sentence into a paragraph of its own; such a sentence is one again.
 */
export function textIn(blocks: readonly Block[]): string {
  let all = ''
  let afterLink = false
  for (const block of blocks) {
    const text =
      block.kind === 'tag' ? textIn(block.children) : 'text' in block && isProse(block) ? block.text : ''
    if (text === '') continue
    const isLink = block.kind === 'paragraph' && LINK_ALONE.test(block.markdown)
    const goesOn = all !== '' && !/[.!?:;]$/.test(all) && (isLink || (afterLink && /^[\p{Ll}(,]/u.test(text)))
    all += (all === '' ? '' : goesOn ? ' ' : '\n\n') + text
    afterLink = isLink
  }
  return all
}

const isProse = ({ kind }: Block): boolean => kind === 'paragraph' || kind === 'heading'
const LINK_ALONE = /^\s*\[[^[\]]{1,300}\]\([^()\s]{1,1000}\)\s*$/

/** The links of a part of a block. */
export function linksIn(blocks: readonly Block[], file: string): Link[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'tag') return linksIn(block.children, file)
    if (block.kind !== 'paragraph') return []
    return linksOf(block.markdown).map((link) => ({ ...link, source: { file, line: block.line } }))
  })
}

/** The samples that a part of a block shows: in listings, and as JSON in its running text. */
export function samplesIn(blocks: readonly Block[], file: string, label = ''): LabelledSample[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'tag') {
      return samplesIn(block.children, file, block.attributes.values.get('title')?.trim() ?? label)
    }
    const samples =
      block.kind === 'code'
        ? readSamples(block.text, { file, line: block.line }, block.info)
        : block.kind === 'paragraph'
          ? (inlineSample(block, file) ?? [])
          : []
    return samples.map((sample) => ({ label, sample }))
  })
}
