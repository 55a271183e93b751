import { countsOf, type Report } from './report.js'

/** `{ problems: [{ rule, severity, message, source, fixable }], counts: { error, warning, info }, files, fixed? }`. */
export const jsonReport = ({ problems, files, fixed }: Report): string =>
  `${JSON.stringify({ problems, counts: countsOf(problems), files, ...(fixed !== undefined && { fixed }) }, undefined, 2)}\n`
