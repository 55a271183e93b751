import { formatSource } from '../operation/source.js'
import { isOfRun, type VerifiedFailure, type VerifiedInteraction, type VerifyReport } from './report.js'

/** The report for people: what failed, by operation, with the place in the docs and a command that shows it. */
export function reportText({ interactions, summary }: VerifyReport): string {
  const failed = interactions.filter(({ status }) => status === 'failed')
  const lines = failed.flatMap(failureLines)
  const counts = [`${summary.passed} passed`, `${summary.failed} failed`]
  if (summary.pending) counts.push(`${summary.pending} failed but pending`)
  const operations = new Set(interactions.map(({ operationId }) => operationId)).size
  lines.push(
    `${count(summary.total, 'interaction')} of ${count(operations, 'operation')}: ${counts.join(', ')}`,
  )
  return `${lines.join('\n')}\n`
}

const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? '' : 's'}`

function failureLines(one: VerifiedInteraction): string[] {
  const { operationId, method, path, source, description, failures, curl, pending, key } = one
  const title = operationId === `${method} ${path}` ? operationId : `${operationId}  ${method} ${path}`
  return [
    `${title}${source ? `  ${formatSource(source)}` : ''}`,
    `  ${pending ? 'pending: ' : ''}${description}  [${key}]`,
    ...failures.flatMap((failure) => [
      `    ${failure.where}  ${formatSource(failure.source)}`,
      `      ${isOfRun(failure) ? 'expected' : 'docs say'}: ${failure.expected}`,
      `      came: ${failure.actual}`,
    ]),
    ...(curl === undefined ? [] : curl.split('\n').map((line) => `    ${line}`)),
    '',
  ]
}

/** One failure in one line. */
export const failureLine = (failure: VerifiedFailure): string => {
  const { where, expected, actual, source } = failure
  const told = isOfRun(failure)
    ? `expected ${expected}, but ${actual}`
    : `the docs say ${expected}, ${actual} came`
  return `${where}: ${told} (${formatSource(source)})`
}
