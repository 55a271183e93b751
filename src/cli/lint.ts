import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { errors } from '../errors.js'
import type { Finding } from '../operation/finding.js'
import { didYouMean } from '../operation/nearest.js'
import { formatSource } from '../operation/source.js'
import { loadFiles, localFiles } from '../load/source-files.js'
import type { LintContext } from '../lint/lint-files.js'
import { fixFiles, lintFiles } from '../lint/lint-files.js'
import { githubReport } from '../lint/report/github.js'
import { jsonReport } from '../lint/report/json.js'
import type { Report } from '../lint/report/report.js'
import { sarifReport } from '../lint/report/sarif.js'
import { textReport } from '../lint/report/text.js'
import { rules } from '../lint/rules.js'
import { packageVersion } from '../package.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { junit } from './junit.js'
import type { Options } from './options.js'
import { writeResult } from './output.js'
import { hasColour, type Terminal } from './terminal.js'
import { writeFixed } from './write-fixed.js'

const RANK: Record<Finding['severity'], number> = { error: 2, warning: 1, info: 0 }

/** `standin lint SOURCE…`: what the sources get wrong. Exit code 1 where something is as severe as `--fail-on`. */
export const lintCommand: Run = async ({ options, positionals, terminal }) => {
  const format = formatOf('lint', options, ['text', 'json', 'junit', 'sarif', 'github'])
  const sources = positionals.length > 0 ? positionals : (options.sources ?? [])
  if (sources.length === 0)
    throw new errors.STANDIN_ERR_USAGE('standin lint needs something to look at: standin lint docs/')
  const settings = checkedRules(options.rules ?? {})
  const { cwd } = terminal
  const loaded = await loadFiles(sources, { cwd })
  const context: LintContext = {
    ...localFiles(cwd),
    exists: (path) => existsSync(resolve(cwd, path)),
    settings,
    before: loaded.findings,
  }
  const fixed = options.fix ? fixFiles(loaded.files, context) : undefined
  if (fixed !== undefined) await writeFixed(loaded.files, fixed.files, cwd)
  const problems = lintFiles(fixed?.files ?? loaded.files, context)
  const report: Report = {
    problems,
    files: loaded.files.length,
    ...(fixed !== undefined && { fixed: fixed.count }),
  }
  await writeResult(written(format, report, options, terminal), options, terminal)
  return problems.some(({ severity }) => RANK[severity] >= RANK[options.failOn]) ? 1 : 0
}

function written(format: string, report: Report, { out }: Options, terminal: Terminal): string {
  if (format === 'json') return jsonReport(report)
  if (format === 'sarif') return sarifReport(report, packageVersion)
  if (format === 'github') return githubReport(report)
  if (format === 'junit') return junit(suitesOf(report))
  return textReport(report, { colour: out === undefined && hasColour(terminal.stdout, terminal) })
}

/** A suite for each file, a case for each finding. What is merely said fails nothing. */
function suitesOf({ problems }: Report) {
  return [...new Set(problems.map(({ source }) => source.file))].map((name) => ({
    name,
    cases: problems
      .filter(({ source }) => source.file === name)
      .map(({ rule, severity, message, source }) => ({
        name: `${rule} in line ${source.line}`,
        failures: severity === 'info' ? [] : [`${formatSource(source)} ${severity}: ${message} [${rule}]`],
      })),
  }))
}

function checkedRules(settings: NonNullable<Options['rules']>): NonNullable<Options['rules']> {
  for (const id of Object.keys(settings)) {
    if (rules.has(id)) continue
    throw new errors.STANDIN_ERR_CONFIG(
      'rules',
      `there is no rule "${id}".${didYouMean(id, [...rules.keys()])} docs/rules/ has a page for each.`,
    )
  }
  return settings
}
