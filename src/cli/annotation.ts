import type { SourceLocation } from '../operation/source.js'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly source?: SourceLocation | undefined
}

/** A workflow command that GitHub Actions shows beside the line that it is about. */
export function annotation({ level, title, message, source }: Annotation): string {
  const place = source ? `file=${property(source.file)},line=${source.line},` : ''
  return `::${level} ${place}title=${property(title)}::${data(message)}\n`
}

/** As the toolkit of GitHub Actions escapes them: `%` first, since the others bring it in. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
