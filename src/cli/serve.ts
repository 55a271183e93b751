import { packageVersion } from '../package.js'
import { banner, greeting } from './banner.js'
import type { Run } from './commands.js'
import { httpsOf } from './https-options.js'
import { listenError } from './listen-errors.js'
import { loggerFor } from './logger-for.js'
import type { Options } from './options.js'
import { progress } from './progress.js'
import { checkReported, reportRun } from './serve-report.js'
import { untilStopped } from './signals.js'
import type { Standin } from './standin.js'
import { hasColour } from './terminal.js'

/** `standin [serve] [SOURCE…]`: serves until a signal asks it to stop. */
export const serve: Run = async ({ options, positionals, terminal, createStandin }) => {
  const { config: _config, out: _out, sources = [], coverage: _file, coverageMin: _least, ...rest } = options
  checkReported(options)
  const reading = progress(terminal)
  const standin = await createStandin({
    ...rest,
    https: httpsOf(options),
    sources: positionals.length > 0 ? positionals : sources,
    logger: await loggerFor(options, terminal),
    onRead: reading.onRead,
  })
  reading.done()
  let stopped: Promise<number>
  let closing = false
  try {
    const url = await listen(standin, options)
    // Before the first line is printed: whoever reads it may signal at once.
    stopped = untilStopped(async () => {
      closing = true
      await standin.close()
      terminal.stdout.write(standin.recorded.map(recordedText).join(''))
    }, terminal)
    const how = {
      ...options,
      version: packageVersion,
      colour: hasColour(terminal.stdout, terminal),
      full: options.logLevel === 'debug' || options.logLevel === 'trace',
    }
    terminal.stdout.write(greeting(standin, url, how))
    await Promise.race([standin.settle?.(), stopped])
    if (!closing) terminal.stdout.write(banner(standin, url, how))
  } catch (error) {
    await standin.close()
    throw error
  }
  const code = await stopped
  return code === 0 ? reportRun(standin, options, terminal) : code
}

/** What became of each recording, and which calls are not in it. */
function recordedText({ consumer, file, interactions, leftOut }: Standin['recorded'][number]): string {
  const head =
    file === undefined
      ? `No call of ${consumer} could be recorded as a contract.`
      : `${file}: ${interactions} interaction${interactions === 1 ? '' : 's'} recorded`
  const lines = leftOut.map(
    ({ call, reason, times }) => `  left out: ${call}${times > 1 ? `, ${times} times` : ''}: ${reason}`,
  )
  return `${[head, ...lines].join('\n')}\n`
}

async function listen(standin: Standin, { host, port, controlPort }: Options): Promise<string> {
  try {
    return await standin.listen()
  } catch (error) {
    throw listenError(error, host, port, controlPort)
  }
}
