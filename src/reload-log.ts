import type { FastifyBaseLogger } from 'fastify'
import { newFindings } from './load/failed-saves.js'
import type { ApiDescription } from './operation/description.js'
import { formatSource } from './operation/source.js'

/** Says which files were read again while the server runs, and what is newly wrong in them. */
export function tellReload(
  logger: FastifyBaseLogger | undefined,
  before: ApiDescription,
  after: ApiDescription,
  changed: ReadonlySet<string>,
): void {
  const files = [...changed].toSorted()
  logger?.info({ operations: after.operations.length, files }, readAgain(files))
  for (const { rule, severity, message, source } of newFindings(before, after)) {
    const level = severity === 'info' ? 'info' : 'warn'
    logger?.[level]({ rule }, `${formatSource(source)} ${message}`)
  }
}

const readAgain = (files: readonly string[]): string =>
  `read again: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`
