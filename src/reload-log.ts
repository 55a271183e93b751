import type { FastifyBaseLogger } from 'fastify'
import { newFindings } from './load/failed-saves.js'
import type { ApiDescription } from './operation/description.js'
import { formatSource } from './operation/source.js'

type Log = FastifyBaseLogger | undefined

/** Says which files were read again while the server runs, and what is newly wrong in them. Returns the files. */
export function tellReload(
  logger: Log,
  before: ApiDescription,
  after: ApiDescription,
  changed: ReadonlySet<string>,
): readonly string[] {
  const files = [...changed].toSorted()
  logger?.info({ operations: after.operations.length, files }, readAgain(files))
  for (const { rule, severity, message, source } of newFindings(before, after)) {
    const level = severity === 'info' ? 'info' : 'warn'
    logger?.[level]({ rule }, `${formatSource(source)} ${message}`)
  }
  return files
}

/** Says why what has changed is not served. */
export function tellFailedReload(logger: Log, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  logger?.error({ err: error }, `what was read before is served on, since ${reason}`)
}

const readAgain = (files: readonly string[]): string =>
  `read again: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`
