import type { VerifiedInteraction, VerifyReport } from '../report.js'
import { failureLine } from './text.js'

/** The report as JUnit XML, which most CI services show: a suite for each operation, a case for each interaction. */
export function reportJunit({ interactions, summary }: VerifyReport): string {
  const suites = new Map<string, VerifiedInteraction[]>()
  for (const one of interactions) suites.set(one.operationId, [...(suites.get(one.operationId) ?? []), one])
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="standin verify" tests="${summary.total}" failures="${summary.failed}" errors="0" skipped="${summary.pending ?? 0}">`,
  ]
  for (const [operationId, cases] of suites) {
    const pending = cases.filter((one) => one.status === 'failed' && one.pending).length
    const failed = cases.filter(({ status }) => status === 'failed').length - pending
    lines.push(
      `  <testsuite name="${escape(operationId)}" tests="${cases.length}" failures="${failed}" errors="0" skipped="${pending}">`,
    )
    for (const { description, status, failures, source, curl, pending } of cases) {
      const place = source ? ` file="${escape(source.file)}" line="${source.line}"` : ''
      const open = `    <testcase name="${escape(description)}" classname="${escape(operationId)}"${place}`
      if (status === 'passed') {
        lines.push(`${open}/>`)
        continue
      }
      const told = failures.map(failureLine)
      const [message = ''] = told
      const text = escape([...told, ...(curl === undefined ? [] : ['', curl])].join('\n'))
      lines.push(
        `${open}>`,
        pending
          ? `      <skipped message="pending: ${escape(message)}"/>`
          : `      <failure message="${escape(message)}">${text}</failure>`,
        '    </testcase>',
      )
    }
    lines.push('  </testsuite>')
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 has no form at all for control characters (section 2.2), so they are shown by a sign. */
const escape = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
