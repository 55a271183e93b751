import { formatSource } from '../../operation/source.js'
import { countsOf, type Report } from './report.js'

/** SGR codes (ECMA-48 section 8.3.117). */
const COLOURS = { error: 31, warning: 33, info: 36 } as const

/** A line for each problem, `file:line severity message [rule]`, and a summary. */
export function textReport({ problems, files, fixed }: Report, { colour }: { colour: boolean }): string {
  const paint = (code: number, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text)
  const lines = problems.map(
    ({ rule, severity, message, source }) =>
      `${formatSource(source)} ${paint(COLOURS[severity], severity)} ${oneLine(message)} ${paint(2, `[${rule}]`)}`,
  )
  const counts = countsOf(problems)
  const parts = [
    count(counts.error, 'error'),
    count(counts.warning, 'warning'),
    `${counts.info} info`,
    `in ${count(files, 'file')}`,
  ]
  const fixable = problems.filter((problem) => problem.fixable).length
  const notes = [
    ...(fixed === undefined ? [] : [`${count(fixed, 'problem')} mended.`]),
    ...(fixable === 0 ? [] : [`${count(fixable, 'problem')} can be mended with --fix.`]),
  ]
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    parts.join(', ').replace(', in', ' in'),
    ...notes,
    '',
  ].join('\n')
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`

const oneLine = (message: string): string => message.replaceAll(/\s*\n\s*/g, ' ')
