import { parseExact, stringifyExact } from '../../operation/json.js'
import type { Code } from '../../parse/blocks.js'
import { readSamples, type Sample } from '../../parse/sample.js'
import { applyEdits, type TextEdit } from '../../parse/text-edit.js'
import { hunks } from './align.js'
import type { Fix } from './fix.js'
import type { Listing } from './listing.js'

/**
 * Repairs that take nothing from what the page says, and add no value that it does not: they change
 * how a sample is written. Comments, ellipses, remarks and text around a sample are for people to
 * move, and a value that is not there is for people to give.
 */
const MECHANICAL = new Set([
  'backtick-quotes',
  'bare-key',
  'bare-value',
  'byte-order-mark',
  'control-character',
  'equals-sign',
  'escaped-quotes',
  'extra-bracket',
  'extra-comma',
  'full-width-punctuation',
  'guillemets',
  'html-entity',
  'invalid-escape',
  'invisible-character',
  'line-break-in-string',
  'literal',
  'markdown-escape',
  'missing-braces',
  'missing-bracket',
  'missing-colon',
  'missing-comma',
  'missing-quote',
  'number-form',
  'semicolon',
  'single-quotes',
  'smart-quotes',
  'string-prefix',
  'trailing-comma',
  'unescaped-quote',
])

/** The mending of a listing that is one sample, as edits of those of its lines that change. */
export function sampleFix(code: Code, listing: Listing): Fix[] {
  const sample = only(code.text, code)
  const [first] = sample?.repairs ?? []
  if (sample === undefined || first === undefined) return []
  if (!sample.repairs.every(({ kind }) => MECHANICAL.has(kind))) return []
  const edits = editsTo(sample.text, listing)
  const text = applyEdits(listing.lines.join('\n'), edits)
  return isMended(only(text, code), sample)
    ? [{ rule: 'sample-repaired', line: first.source.line, edits: edits.map((edit) => listing.edit(edit)) }]
    : []
}

function only(text: string, { line, info }: Code): Sample | undefined {
  const samples = readSamples(text, { file: '', line }, info)
  return samples.length === 1 && samples[0]?.kind === 'json' ? samples[0] : undefined
}

/** A reader that sees the mended text must see strict JSON, and the value that was read before. */
const isMended = (now: Sample | undefined, before: Sample): boolean =>
  now?.repairs.length === 0 &&
  stringifyExact(parseExact(now.text)) === stringifyExact(parseExact(before.text))

function editsTo(mended: string, { lines }: Listing): TextEdit[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length + 1
  }
  const startOf = (line: number): number => starts[line] ?? at
  const shown = mended.split('\n').filter((line) => line.trim() !== '')
  return hunks(lines, shown).map(({ from, to, lines: text }) => {
    const joined = text.join('\n')
    // Lines that are only added go behind the line before them, or before the first.
    if (from === to && from === 0) return { start: 0, end: 0, text: `${joined}\n` }
    if (from === to) return { start: startOf(from) - 1, end: startOf(from) - 1, text: `\n${joined}` }
    if (text.length > 0) return { start: startOf(from), end: startOf(to) - 1, text: joined }
    return to < lines.length
      ? { start: startOf(from), end: startOf(to), text: '' }
      : { start: Math.max(0, startOf(from) - 1), end: startOf(to) - 1, text: '' }
  })
}
