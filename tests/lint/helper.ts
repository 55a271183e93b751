import { lintFiles } from '../../src/lint/lint-files.js'
import type { LintContext } from '../../src/lint/lint-files.js'
import type { RuleSettings } from '../../src/lint/rule.js'
import type { SourceFile } from '../../src/parse/source-file.js'

/** Files by path, as a folder would hold them. */
export type Folder = Readonly<Record<string, string>>

export const filesOf = (folder: Folder): SourceFile[] =>
  Object.entries(folder).map(([path, text]) => ({ path, text }))

export const contextOf = (folder: Folder, settings: RuleSettings = {}): LintContext => ({
  read: (path) => folder[path],
  exists: (path) => Object.keys(folder).some((one) => one === path || one.startsWith(`${path}/`)),
  settings,
  before: [],
})

export const problemsIn = (folder: Folder, settings?: RuleSettings) =>
  lintFiles(filesOf(folder), contextOf(folder, settings))

/** `page.md:3 rule`, in the order of the report. */
export const shown = (folder: Folder, settings?: RuleSettings): string[] =>
  problemsIn(folder, settings).map(({ source, rule }) => `${source.file}:${source.line} ${rule}`)

/** A page that nothing is wrong with; further lines follow the block. */
export const block = (...lines: string[]): string =>
  [
    '{% swagger method="post" path="/pets" baseUrl="https://api.example.com" summary="Add a pet" %}',
    '{% swagger-parameter in="body" name="name" type="string" required="true" %}',
    'Its name',
    '{% endswagger-parameter %}',
    '',
    '{% swagger-response status="201: Created" description="The pet" %}',
    '```json',
    '{ "id": 7 }',
    '```',
    '{% endswagger-response %}',
    '{% endswagger %}',
    '',
    ...lines,
    '',
  ].join('\n')
