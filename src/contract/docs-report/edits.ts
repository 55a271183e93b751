import { STATUS_CODES } from 'node:http'
import type { SourceLocation } from '../../operation/source.js'
import type { Failure } from '../report.js'
import { kindOf, parsed } from '../value.js'

/** What becomes of one line: other text, or nothing. */
export type Edit = { readonly replace: string } | { readonly remove: true }
export type PlacedEdit = { readonly file: string; readonly line: number } & Edit

type Difference = Failure & { readonly response: SourceLocation | undefined }

/** How far behind the start of a response its sample is looked for. Lines. */
const REACH = 200

/**
 * The corrections of a page that need no judgement: the status of a response, a value or a member
 * of its sample, the type in a row of a table. Nothing where a line could be meant in two ways.
 */
export function editsFor(
  difference: Difference,
  linesOf: (file: string) => readonly string[] | undefined,
): PlacedEdit[] {
  const { where, source, response } = difference
  if (where === 'status') return statusEdit(difference, linesOf(source.file) ?? [])
  const path = /^body (.+)$/.exec(where)?.[1]?.split('.') ?? []
  const name = path.findLast((segment) => !/^\d+$/.test(segment))
  if (name === undefined || name !== path.at(-1)) return []
  const edits: PlacedEdit[] = []
  const start = response ?? source
  const sample = sampleEdit(difference, name, start, linesOf(start.file) ?? [])
  if (sample) edits.push(sample)
  const row = rowEdit(difference, name, linesOf(source.file) ?? [])
  if (row) edits.push(row)
  return edits
}

function statusEdit({ expected, actual, source }: Difference, lines: readonly string[]): PlacedEdit[] {
  const line = lines[source.line - 1]
  const [status = ''] = /^\d{3}/.exec(actual) ?? []
  if (!/^\d{3}$/.test(expected) || line === undefined || status === '') return []
  const parts = line.split(new RegExp(`(?<!\\d)${expected}(?!\\d)`))
  const [before, after] = parts
  if (parts.length !== 2 || before === undefined || after === undefined) return []
  const phrase = STATUS_CODES[expected] ?? ''
  const named = phrase === '' ? after : after.replace(phrase, STATUS_CODES[status] ?? phrase)
  return [{ file: source.file, line: source.line, replace: before + status + named }]
}

/** The line of a sample that shows the member, where there is one such line and it holds all of the value. */
function sampleEdit(
  { actual, expected }: Difference,
  name: string,
  { file, line: start }: SourceLocation,
  lines: readonly string[],
): PlacedEdit | undefined {
  const begin = lines.findIndex(
    (text, at) => at >= start - 2 && at < start + REACH && /^\s*(?:```|~~~)/.test(text),
  )
  if (begin === -1) return undefined
  const end = lines.findIndex((text, at) => at > begin && /^\s*(?:```|~~~)\s*$/.test(text))
  const member = new RegExp(
    `^(\\s*${escapeRegex(JSON.stringify(name))}\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"|[^\\s,{}[\\]]+)(\\s*,?\\s*)$`,
  )
  const shown = lines.flatMap((text, at) => (at > begin && at < end && member.test(text) ? [at] : []))
  const [at] = shown
  const text = at === undefined ? undefined : lines[at]
  if (at === undefined || text === undefined || shown.length !== 1) return undefined
  if (expected === 'to be there') {
    // The last member of an object leaves a comma behind, and that is another line's.
    return text.trimEnd().endsWith(',') ? { file, line: at + 1, remove: true } : undefined
  }
  const kind = kindOf(parsed(actual))
  if (kind === undefined || kind === 'object' || kind === 'array') return undefined
  return {
    file,
    line: at + 1,
    replace: text.replace(member, (_, head: string, __: string, tail: string) => head + actual + tail),
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  object: 'Object',
  array: 'Array',
}

/** The type in a table's row about the member: `| msg | ... | String |`. */
function rowEdit(
  { actual, source }: Difference,
  name: string,
  lines: readonly string[],
): PlacedEdit | undefined {
  const text = lines[source.line - 1]
  const word = WORDS[kindOf(parsed(actual)) ?? '']
  if (text === undefined || word === undefined || !/^\s*\|/.test(text)) return undefined
  const cells = text.split('|')
  if (cells[1]?.trim().replaceAll('`', '') !== name) return undefined
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 && /^\s*(?:string|number|integer|int|long|double|float|boolean|object|array)\s*$/i.test(cell),
  )
  const cell = cells[at]
  if (at === -1 || cell === undefined) return undefined
  const old = cell.trim()
  const same =
    kindOf(parsed(actual)) === 'number'
      ? /^(?:number|int|integer|long|double|float)$/i
      : new RegExp(`^${word}$`, 'i')
  if (same.test(old)) return undefined
  const written = old === old.toLowerCase() ? word.toLowerCase() : word
  cells[at] = ` ${written} `.padEnd(cell.length)
  return { file: source.file, line: source.line, replace: cells.join('|') }
}

const escapeRegex = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
