import type { Finding } from '../../operation/finding.js'
import type { Report } from './report.js'

const COMMANDS: Record<Finding['severity'], string> = { error: 'error', warning: 'warning', info: 'notice' }

/** GitHub Actions' workflow commands: a line of output that becomes an annotation of the file. */
export const githubReport = ({ problems }: Report): string =>
  problems
    .map(
      ({ rule, severity, message, source }) =>
        `::${COMMANDS[severity]} file=${property(source.file)},line=${source.line},title=${property(rule)}::${data(message)}\n`,
    )
    .join('')

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
