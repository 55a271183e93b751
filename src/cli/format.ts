import { errors } from '../errors.js'
import type { Options } from './options.js'

/** The form asked for, if the command has it. */
export function formatOf<Format extends Options['format']>(
  command: string,
  { format }: Options,
  known: readonly Format[],
): Format {
  const found = known.find((one) => one === format)
  if (found !== undefined) return found
  throw new errors.STANDIN_ERR_USAGE(
    `standin ${command} cannot write ${format}. Choose --format ${known.join(', ')}.`,
  )
}
