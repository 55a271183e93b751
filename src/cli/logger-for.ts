import type { Logger } from 'pino'
import type { Options } from './options.js'
import { hasColour, type Terminal } from './terminal.js'

/**
 * To stderr, so that stdout keeps the lines that tell how to reach the server.
 * @param worker the number of the worker that logs, where there are several
 */
export async function loggerFor(
  { logLevel }: Pick<Options, 'logLevel'>,
  terminal: Terminal,
  worker?: number,
): Promise<Logger | false> {
  if (logLevel === 'silent') return false
  const { createLogger, prettyDestination } = await import('./logger.js')
  const write = (text: string) => terminal.stderr.write(text)
  const destination =
    terminal.stderr.isTTY === true
      ? await prettyDestination(hasColour(terminal.stderr, terminal), write)
      : { write }
  return createLogger(logLevel, destination, worker)
}
