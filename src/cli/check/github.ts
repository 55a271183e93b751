import { annotation } from '../annotation.js'
import { type CheckReport, labelOf } from './report.js'

/** Annotations that GitHub shows beside the samples that do not hold. */
export function checkGithub({ operations, summary }: CheckReport): string {
  const failed = operations.flatMap(({ method, path, checks }) =>
    checks
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ kind, name, reason = '', request, notes, source }) =>
        annotation({
          level: 'error',
          title: `${method} ${path}: ${labelOf(kind, name)}`,
          message: [reason, `sent: ${request}`, ...notes.map((note) => `note: ${note}`)].join('\n'),
          source,
        }),
      ),
  )
  const message = `${summary.operations} operations: ${summary.passed} passed, ${summary.failed} failed, ${summary.unproven} with nothing to compare`
  return [...failed, annotation({ level: 'notice', title: 'standin check', message })].join('')
}
