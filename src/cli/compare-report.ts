import type { Comparison, ComparisonFinding } from '../contract/compare.js'
import { formatSource } from '../operation/source.js'
import { annotation } from './annotation.js'
import { junit } from './junit.js'

export const comparisonFormats = ['text', 'json', 'junit', 'github'] as const

/** A comparison in one of its forms: for people, for programs, for CI services, for annotations on GitHub. */
export const writeComparison = (comparison: Comparison, format: (typeof comparisonFormats)[number]): string =>
  writers[format](comparison)

const writers = {
  text,
  json: (comparison: Comparison): string => `${JSON.stringify(comparison, null, 2)}\n`,
  junit: (comparison: Comparison): string => junit(suites(comparison)),
  github: ({ findings }: Comparison): string =>
    findings
      .map(({ severity: level, rule: title, source, ...finding }) =>
        annotation({ level, title, source, message: `${finding.consumer}: ${sentence(finding)}` }),
      )
      .join(''),
}

const sentence = ({
  interaction,
  where,
  message,
}: Pick<ComparisonFinding, 'interaction' | 'where' | 'message'>): string =>
  `"${interaction}", ${where}: ${message}`

const line = ({ severity, rule, message, where, source }: ComparisonFinding): string =>
  `${severity} ${source ? `${formatSource(source)} ` : ''}${where}: ${message} [${rule}]`

function text(comparison: Comparison): string {
  const { interactions, findings, compatible } = comparison
  const lines = comparison.compared.flatMap((one) => {
    const own = findingsOf(comparison, one)
    const head = `${one.pact}: "${one.interaction}" (${one.consumer})`
    return own.length === 0 ? [] : [head, ...own.map((finding) => `  ${line(finding)}`), '']
  })
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length
  const verdict =
    interactions === 0 ? 'there is nothing to compare' : compatible ? 'compatible' : 'not compatible'
  lines.push(
    `${plural(interactions, 'interaction')}, ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}: ${verdict}`,
  )
  return `${lines.join('\n')}\n`
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

type Compared = Comparison['compared'][number]

const findingsOf = ({ findings }: Comparison, { number }: Compared): ComparisonFinding[] =>
  findings.filter((finding) => finding.number === number)

/** A suite for each pact. Warnings fail nothing. */
function suites(comparison: Comparison) {
  const files = [...new Set(comparison.compared.map(({ pact }) => pact))]
  return files.map((file) => ({
    name: file,
    cases: comparison.compared
      .filter(({ pact }) => pact === file)
      .map((one) => ({
        name: one.interaction,
        failures: findingsOf(comparison, one)
          .filter(({ severity }) => severity === 'error')
          .map(line),
      })),
  }))
}
