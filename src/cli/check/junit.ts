import { formatSource } from '../../operation/source.js'
import { type CheckReport, labelOf } from './report.js'

/** The report as JUnit XML, as CI systems read it: a suite an operation, a case a request. */
export function checkJunit({ operations }: CheckReport): string {
  const all = operations.flatMap(({ checks }) => checks)
  const suites = operations.map(({ method, path, checks }) => {
    const cases = checks.map((check) => {
      const { kind, name, outcome, reason, source } = check
      const attributes = `name="${escape(labelOf(kind, name))}" classname="${escape(`${method} ${path}`)}" file="${escape(source.file)}" line="${source.line}"`
      const text = escape(
        [
          reason ?? '',
          `sent: ${check.request}`,
          `documented: ${check.documented ?? 'nothing'}`,
          ...check.notes,
          formatSource(source),
        ].join('\n'),
      )
      if (outcome === 'failed') {
        return `    <testcase ${attributes}><failure message="${escape(reason ?? '')}">${text}</failure></testcase>`
      }
      if (outcome === 'unproven') {
        return `    <testcase ${attributes}><skipped message="${escape(reason ?? '')}"/></testcase>`
      }
      return `    <testcase ${attributes}/>`
    })
    return [
      `  <testsuite name="${escape(`${method} ${path}`)}" ${counts(checks)}>`,
      ...cases,
      '  </testsuite>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="standin check" ${counts(all)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

type Checks = CheckReport['operations'][number]['checks']

function counts(checks: Checks): string {
  const count = (outcome: string): number => checks.filter((check) => check.outcome === outcome).length
  return `tests="${checks.length}" failures="${count('failed')}" skipped="${count('unproven')}"`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

/** XML 1.0 section 2.2 has no other control characters, not even as references. */
const escape = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\n]/g, (char) => ENTITIES[char] ?? char)
