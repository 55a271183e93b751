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
  const wrong = newFindings(before, after).filter(({ severity }) => severity === 'error')
  const broken: { at: string; why: string }[] = []
  for (const path of [...changed].toSorted()) {
    const text = texts.get(path)
    if (text === undefined || !had.has(path) || has.has(path)) continue
    const found = wrong.find(({ source }) => source.file === path) ?? wrong[0]
    if (text.trim() === '') broken.push({ at: `${path}:1`, why: 'It is empty.' })
    else if (found) broken.push({ at: formatSource(found.source), why: found.message })
  }
  const [first, ...others] = broken
  if (!first) return
  const rest = others.map(({ at, why }) => ` ${at}: ${why}`).join('')
  throw new errors.STANDIN_ERR_SOURCE_BROKEN(first.at, `${first.why}${rest}`)
}

const documentingFiles = ({ operations }: ApiDescription): ReadonlySet<string> =>
  new Set(operations.flatMap(({ sources }) => sources.map(({ file }) => file)))

/** What is found wrong now and was not before, wherever lines have moved to. */
export function newFindings(before: ApiDescription, after: ApiDescription): Finding[] {
  const known = new Set(before.findings.map(key))
  return after.findings.filter((finding) => !known.has(key(finding)))
}

const key = ({ rule, message, source }: Finding): string => `${rule} ${source.file} ${message}`
