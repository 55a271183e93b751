import type { Paragraph } from '../blocks.js'
import { readSamples, type Sample } from '../sample.js'

/** JSON that stands in the running text, outside any fence; undefined where a paragraph is prose. */
export function inlineSample(paragraph: Paragraph, file: string): Sample[] | undefined {
  const text = paragraph.markdown.trim()
  if (!/^\\?[{[]/.test(text) || !/[}\]]\s*$/.test(text)) return undefined
  if (!text.includes(':') && !/^\\?\[\s*\\?[{"]/.test(text)) return undefined
  const samples = readSamples(paragraph.markdown, { file, line: paragraph.line })
  return samples.some((sample) => sample.kind === 'json') ? samples : undefined
}
