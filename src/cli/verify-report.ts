import type { VerifiedInteraction, VerifyReport } from '../contract/report.js'
import { failureLine, reportText } from '../contract/report-text.js'
import { annotation } from './annotation.js'
import { junit } from './junit.js'

export const verifyFormats = ['text', 'json', 'junit', 'github'] as const

/** The report of a verification in one of its forms. */
export function writeVerification(report: VerifyReport, format: (typeof verifyFormats)[number]): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  if (format === 'junit') return junit(suitesOf(report))
  return format === 'github' ? annotations(report) : reportText(report)
}

/** A suite for each operation, a case for each interaction. What is pending has not failed. */
function suitesOf({ interactions }: VerifyReport) {
  const suites = new Map<string, VerifiedInteraction[]>()
  for (const one of interactions) suites.set(one.operationId, [...(suites.get(one.operationId) ?? []), one])
  return [...suites].map(([name, cases]) => ({
    name,
    cases: cases.map(({ description, failures, curl, pending }) => {
      const told = failures.map(failureLine)
      return {
        name: `${pending ? 'pending: ' : ''}${description}`,
        failures: pending || told.length === 0 ? [] : [...told, ...(curl === undefined ? [] : [curl])],
      }
    }),
  }))
}

function annotations({ interactions, summary: { total, passed, failed } }: VerifyReport): string {
  const told = interactions.flatMap(({ operationId, description, failures, pending, curl }) =>
    failures.map((failure) =>
      annotation({
        level: pending ? 'warning' : 'error',
        title: `${operationId}: ${failure.where}`,
        message: [failureLine(failure), description, ...(curl === undefined ? [] : [curl])].join('\n'),
        source: failure.source,
      }),
    ),
  )
  const message = `${total} interactions: ${passed} passed, ${failed} failed`
  return [...told, annotation({ level: 'notice', title: 'standin verify', message })].join('')
}
