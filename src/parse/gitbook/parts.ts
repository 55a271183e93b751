import type { Block } from '../blocks.js'
import { readSamples } from '../sample.js'
import type { LabelledSample } from './facts.js'
import { inlineSample } from './inline-sample.js'

/** The text of a part of a block, its paragraphs apart by blank lines; tables and listings left out. */
export function textIn(blocks: readonly Block[]): string {
  const texts = blocks.map((block) => {
    if (block.kind === 'paragraph' || block.kind === 'heading') return block.text
    return block.kind === 'tag' ? textIn(block.children) : ''
  })
  return texts.filter((text) => text !== '').join('\n\n')
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
