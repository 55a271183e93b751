import { errors } from '../errors.js'
import type { Terminal } from './terminal.js'

/**
 * Says in one line what went wrong, and returns the exit code: 2 for what the user can put right
 * (a registered error), 1 for a fault of Standin's own. With STANDIN_DEBUG the stack comes too.
 */
export function reportFailure(error: unknown, { env, stderr }: Terminal): number {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ')
  const code = codeOf(error)
  const known = code !== undefined && Object.hasOwn(errors, code)
  const debug = (env['STANDIN_DEBUG'] ?? '') !== ''
  if (known) stderr.write(`standin: ${message} [${code}]\n`)
  else stderr.write(`standin: unexpected error: ${message}${debug ? '' : ' (STANDIN_DEBUG=1 shows where)'}\n`)
  if (debug && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`)
  return known ? 2 : 1
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
