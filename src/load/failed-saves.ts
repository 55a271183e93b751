import { errors } from '../errors.js'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { formatSource } from '../operation/source.js'

/**
 * Throws where a save has broken a file: it documented operations before, it is still there, and now
 * it documents none and is empty or gives an error that was not there before. Whoever deletes a page
 * means it, and so does whoever takes a block out of it.
 * @throws STANDIN_ERR_SOURCE_BROKEN
 */
export function failedSaves(
  before: ApiDescription,
  after: ApiDescription,
  texts: ReadonlyMap<string, string | undefined>,
  changed: ReadonlySet<string>,
): void {
  const had = documentingFiles(before)
  const has = documentingFiles(after)
  const found = newFindings(before, after).find(({ severity }) => severity === 'error')
  for (const path of changed) {
    const text = texts.get(path)
    if (text === undefined || !had.has(path) || has.has(path)) continue
    if (text.trim() === '') throw new errors.STANDIN_ERR_SOURCE_BROKEN(`${path}:1`, 'It is empty.')
    if (found) throw new errors.STANDIN_ERR_SOURCE_BROKEN(formatSource(found.source), found.message)
  }
}

const documentingFiles = ({ operations }: ApiDescription): ReadonlySet<string> =>
  new Set(operations.flatMap(({ sources }) => sources.map(({ file }) => file)))

/** What is found wrong now and was not before, wherever lines have moved to. */
export function newFindings(before: ApiDescription, after: ApiDescription): Finding[] {
  const known = new Set(before.findings.map(key))
  return after.findings.filter((finding) => !known.has(key(finding)))
}

const key = ({ rule, message, source }: Finding): string => `${rule} ${source.file} ${message}`
