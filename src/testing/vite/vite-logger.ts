import { type Logger as Pino, pino } from 'pino'
import type { Logger } from 'vite'

/** pino's number of `error`. */
const ERROR = 50

/** Warnings and errors of the stand-in, told through Vite. What each request got is in the journal. */
export function warningsTo(logger: Logger): Pino {
  const write = (line: string): void => {
    const { level, msg }: { level: number; msg: string } = JSON.parse(line)
    const told = `[standin] ${msg}`
    if (level >= ERROR) logger.error(told, { timestamp: true })
    else logger.warn(told, { timestamp: true })
  }
  return pino({ level: 'warn', base: null }, { write })
}
