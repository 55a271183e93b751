import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'
import { redactUrl } from '../operation/secrets.js'
import { redactLine, redactMembers } from './redact.js'

/**
 * A logger that lets no PIN and no token through, whatever is logged: secret names are taken out of
 * the data, secrets out of URLs, and anything that looks like a token out of the finished line.
 */
export function createLogger(level: string, destination: DestinationStream, worker?: number): Logger {
  const options: LoggerOptions = {
    level,
    base: worker === undefined ? null : { worker },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (data) => redactMembers(data),
    },
    serializers: {
      // No headers and no body: neither is needed to tell requests apart, and both hold secrets.
      req: ({ method, url }: { method?: string; url?: string }) => ({ method, url: redactUrl(url ?? '') }),
      res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
      err: (error: Error) => redactMembers(stdSerializers.err(error)),
    },
    hooks: { streamWrite: redactLine },
  }
  return pino(options, destination)
}

/** Lines for people, on a terminal: `12:00:01 POST /login 200 1.2 ms login (reason)`. */
export async function prettyDestination(
  colour: boolean,
  write: (text: string) => unknown,
): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty')
  const format = prettyFactory({
    colorize: colour,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'method,url,status,ms,operationId,reason,reqId,worker',
    singleLine: true,
    messageFormat: (record, messageKey) => formatRecord(record, messageKey),
  })
  return { write: (line) => void write(format(line)) }
}

function formatRecord(record: Readonly<Record<string, unknown>>, messageKey: string): string {
  const { method, url, status, ms, operationId, reason, worker } = record
  const who = typeof worker === 'number' ? `[${worker}]` : undefined
  const why = typeof reason === 'string' ? `(${reason})` : undefined
  const words =
    status === undefined || method === undefined
      ? [record[messageKey], url, why]
      : [method, url, status, `${String(ms)} ms`, operationId, why]
  return [who, ...words]
    .filter((word) => word !== undefined && word !== '')
    .map(String)
    .join(' ')
}
