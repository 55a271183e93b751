import type { VerifyReport } from '../report.js'
import { failureLine } from './text.js'

/** The report as workflow commands of GitHub Actions: an annotation on the line of the docs that was not kept. */
export function reportGithub({ interactions, summary }: VerifyReport): string {
  const lines = interactions.flatMap(({ operationId, description, failures, pending, curl }) =>
    failures.map((failure) => {
      const { file, line } = failure.source
      const properties = { file, line: String(line), title: `${operationId}: ${failure.where}` }
      const told = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
      const text = [failureLine(failure), description, ...(curl === undefined ? [] : [curl])].join('\n')
      return `::${pending ? 'warning' : 'error'} ${told.join(',')}::${data(text)}`
    }),
  )
  const { total, passed, failed } = summary
  lines.push(`::notice title=standin verify::${total} interactions: ${passed} passed, ${failed} failed`)
  return `${lines.join('\n')}\n`
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
