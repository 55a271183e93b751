import { type Static, Type } from '@sinclair/typebox'
import { formatSource, SourceLocation } from '../operation/source.js'
import { type Edit, editsFor } from './docs-report/edits.js'
import { undocumentedMembers } from './docs-report/undocumented.js'
import { unifiedDiff } from './docs-report/unified-diff.js'
import type { Observation } from './verify.js'

/** One thing that the real provider does and the docs say otherwise, or do not say. */
export const DocsDifference = Type.Object({
  operationId: Type.String(),
  where: Type.String(),
  /** What the docs say. */
  documented: Type.String(),
  /** What the provider does. */
  actual: Type.String(),
  source: SourceLocation,
  /** Whether the patch corrects it. */
  patched: Type.Boolean(),
})
export type DocsDifference = Static<typeof DocsDifference>

export const DocsReport = Type.Object({
  differences: Type.Array(DocsDifference),
  /** A unified diff for the pages, empty where nothing can be corrected mechanically. */
  patch: Type.String(),
})
export type DocsReport = Static<typeof DocsReport>

/**
 * Where the docs are wrong, if the provider is right: what it did differently, by place in the docs.
 * @param readPage a page's text by its path as the docs have it; undefined where it cannot be read
 */
export function docsReport(
  observations: readonly Observation[],
  readPage: (file: string) => string | undefined,
): DocsReport {
  const edits = new Map<string, Map<number, Edit>>()
  const pages = new Map<string, string[] | undefined>()
  const linesOf = (file: string): string[] | undefined => {
    if (!pages.has(file)) pages.set(file, readPage(file)?.split('\n'))
    return pages.get(file)
  }
  const found = new Map<string, DocsDifference>()
  for (const { planned, verified, response } of observations) {
    const { comment } = planned
    if (!comment || !response) continue
    const differences = [
      ...verified.failures.map(({ where, expected, actual, source }) => ({
        where,
        expected,
        actual,
        source,
      })),
      ...undocumentedMembers(planned, response),
    ]
    for (const { where, expected, actual, source } of differences) {
      const key = `${formatSource(source)} ${where} ${actual}`
      if (found.has(key)) continue
      const made = editsFor({ where, expected, actual, source, response: comment.response }, linesOf)
      for (const { file, line, ...edit } of made) {
        const ofFile = edits.get(file) ?? new Map<number, Edit>()
        // Two answers that contradict each other are for a person to decide.
        if (!ofFile.has(line)) ofFile.set(line, edit)
        edits.set(file, ofFile)
      }
      const { operationId } = comment
      found.set(key, { operationId, where, documented: expected, actual, source, patched: made.length > 0 })
    }
  }
  const differences = [...found.values()].toSorted(
    (a, b) =>
      Number(a.source.file > b.source.file) - Number(a.source.file < b.source.file) ||
      a.source.line - b.source.line,
  )
  const patch = [...edits].map(([file, ofFile]) => unifiedDiff(file, linesOf(file) ?? [], ofFile)).join('')
  return { differences, patch }
}

/** For people: a line for each difference, then the patch. */
export function docsReportText({ differences, patch }: DocsReport): string {
  if (differences.length === 0) return 'The provider does what the docs say.\n'
  const lines = differences.map(
    ({ source, operationId, where, documented, actual, patched }) =>
      `${formatSource(source)}  ${operationId}  ${where}: the docs say ${documented}, the provider sends ${actual}${patched ? '  (patched below)' : ''}`,
  )
  return `${lines.join('\n')}\n${patch === '' ? '' : `\n${patch}`}`
}
