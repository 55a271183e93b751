import type { ApiDescription } from '../operation/description.js'
import { distinct } from '../operation/distinct.js'
import type { Finding } from '../operation/finding.js'
import { formatSource } from '../operation/source.js'
import { kindOf } from '../parse/kind.js'
import type { SourceFile } from '../parse/source-file.js'
import { readDirectives } from './directives.js'
import { deadLinks, type LinkContext } from './dead-links.js'
import { missingResponses } from './missing-responses.js'
import { missingTypes } from './missing-types.js'
import type { RuleSettings } from './rule.js'
import { rules } from './rules.js'
import { undocumentedMembers } from './undocumented-members.js'

export interface LintInput {
  readonly files: readonly SourceFile[]
  /** What was read from the files. */
  readonly description: ApiDescription
  readonly context: LinkContext
  readonly settings: RuleSettings
}

/**
 * What the files get wrong, by file and line: what their readers found and what the checks of this
 * folder find, with the severities of the registry and the settings, less what is turned off.
 */
export function lint({ files, description, context, settings }: LintInput): Finding[] {
  const directives = new Map(files.map((file) => [file.path, readDirectives(file)]))
  const pages = files.filter((file) => kindOf(file) === 'page')
  const found = [
    ...description.findings,
    ...missingTypes(description),
    ...missingResponses(description),
    ...undocumentedMembers(description),
    ...deadLinks(pages, context),
    ...[...directives.values()].flatMap(({ findings }) => findings),
  ]
  const kept = found.flatMap((finding): Finding[] => {
    const severity = settings[finding.rule] ?? rules.get(finding.rule)?.severity ?? finding.severity
    const { file, line } = finding.source
    if (severity === 'off' || directives.get(file)?.isOff(finding.rule, line)) return []
    return [{ ...finding, severity }]
  })
  return distinct(kept, ({ rule, message, source }) => `${formatSource(source)} ${rule} ${message}`).toSorted(
    ({ source: a }, { source: b }) => compare(a.file, b.file) || a.line - b.line,
  )
}

/** By code points, the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
