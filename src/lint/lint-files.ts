import type { Finding } from '../operation/finding.js'
import { kindOf } from '../parse/kind.js'
import { readSources } from '../parse/source.js'
import type { SourceFile } from '../parse/source-file.js'
import type { LinkContext } from './dead-links.js'
import { fixesOf } from './fix/fixes.js'
import { PageText } from './fix/page-text.js'
import { lint } from './lint.js'
import type { Problem } from './report/report.js'
import type { RuleSettings } from './rule.js'
import { rules } from './rules.js'

export interface LintContext extends LinkContext {
  readonly settings: RuleSettings
  /** What was found before the files were read: sources that are not there. */
  readonly before: readonly Finding[]
}

/** What the files get wrong, each with whether `--fix` can mend it. */
export function lintFiles(files: readonly SourceFile[], context: LintContext): Problem[] {
  const findings = findingsIn(files, context)
  const fixable = fixableIn(files, findings)
  return findings.map((finding) => ({ ...finding, fixable: fixable.has(keyOf(finding)) }))
}

/** A mended text may show what could not be seen before; more rounds than this are a fault of Standin's. */
const MOST_ROUNDS = 10

/** The files with everything mended that can be; how many findings that was. Mending them again changes nothing. */
export function fixFiles(
  files: readonly SourceFile[],
  context: LintContext,
): { files: readonly SourceFile[]; count: number } {
  let current = files
  let count = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const findings = new Set(findingsIn(current, context).filter(isFixable).map(keyOf))
    const paths = new Set([...findings].map((key) => key.slice(0, key.indexOf('\n'))))
    let applied = 0
    current = current.map((file) => {
      if (!paths.has(file.path) || !canBeMended(file)) return file
      const page = new PageText(file.text)
      const wanted = fixesOf(page.text).filter(({ rule, line }) =>
        findings.has(keyOf({ rule, source: { file: file.path, line } })),
      )
      const mended = page.apply(wanted)
      applied += mended.applied
      return mended.applied === 0 ? file : { ...file, text: mended.text }
    })
    count += applied
    if (applied === 0) break
  }
  return { files: current, count }
}

const findingsIn = (files: readonly SourceFile[], context: LintContext): Finding[] => {
  const { settings, before } = context
  const read = readSources(files, context)
  const description = { ...read, findings: [...before, ...read.findings] }
  return lint({ files, description, context, settings })
}

/** Pages, that is; what comes from standard input cannot be written back. */
const canBeMended = (file: SourceFile): boolean => file.path !== '-' && kindOf(file) === 'page'

const isFixable = ({ rule }: Finding): boolean => rules.get(rule)?.fixable === true

function fixableIn(files: readonly SourceFile[], findings: readonly Finding[]): Set<string> {
  const paths = new Set(findings.filter(isFixable).map(({ source }) => source.file))
  return new Set(
    files
      .filter((file) => paths.has(file.path) && canBeMended(file))
      .flatMap((file) =>
        fixesOf(new PageText(file.text).text)
          .filter(({ edits }) => edits.length > 0)
          .map(({ rule, line }) => keyOf({ rule, source: { file: file.path, line } })),
      ),
  )
}

const keyOf = ({ rule, source }: Pick<Finding, 'rule' | 'source'>): string =>
  `${source.file}\n${source.line}\n${rule}`
