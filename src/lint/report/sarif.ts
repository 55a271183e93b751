import type { Finding } from '../../operation/finding.js'
import { rules } from '../rules.js'
import type { Report } from './report.js'

const LEVELS: Record<Finding['severity'], string> = { error: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0 (OASIS), as code scanning services read it. Files are URIs relative to `%SRCROOT%`, the working directory. */
export function sarifReport({ problems }: Report, version: string): string {
  const ids = [...new Set(problems.map(({ rule }) => rule))].toSorted()
  const indexes = new Map(ids.map((id, index) => [id, index]))
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'standin', version, rules: ids.map(describe) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(({ rule, severity, message, source }) => ({
          ruleId: rule,
          ruleIndex: indexes.get(rule),
          level: LEVELS[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(source.file), uriBaseId: '%SRCROOT%' },
                region: { startLine: source.line },
              },
            },
          ],
        })),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function describe(id: string) {
  const rule = rules.get(id)
  const summary = rule?.summary ?? id
  const mending = rule?.fixable ? ' `standin lint --fix` mends it.' : ''
  return {
    id,
    shortDescription: { text: summary },
    help: {
      text: `${summary}${mending} docs/rules/${id}.md has examples, and the ways to turn the rule off.`,
    },
    defaultConfiguration: { level: LEVELS[rule?.severity ?? 'warning'] },
  }
}

/** A path as a relative URI reference (RFC 3986 section 4.2). */
const uriOf = (file: string): string =>
  file
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
