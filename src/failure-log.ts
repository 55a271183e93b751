import type { FastifyBaseLogger } from 'fastify'
import { errorCode, errorMessage } from './store/failure.js'

/** Tells of failures in the log: one of the store in a line, since its message says all, any other with its stack. */
export function tellFailure(
  logger: FastifyBaseLogger | undefined,
  level: 'warn' | 'error',
  what: string,
  error: unknown,
): void {
  const code = errorCode(error)
  if (code.startsWith('STANDIN_ERR_STORE_')) logger?.[level]({ code }, `${what}: ${errorMessage(error)}`)
  else logger?.[level]({ err: error }, what)
}
