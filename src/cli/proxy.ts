import { formatSource } from '../operation/source.js'
import { errors } from '../errors.js'
import { packageVersion } from '../package.js'
import type { Proxy } from '../proxy.js'
import { trustLines } from './banner.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { httpsOf } from './https-options.js'
import { listenError } from './listen-errors.js'
import { loggerFor } from './logger-for.js'
import type { Options } from './options.js'
import { writeResult } from './output.js'
import { progress } from './progress.js'
import { summaryText } from './proxy-summary.js'
import { untilStopped } from './signals.js'

/**
 * `standin proxy SOURCE… --upstream URL`: passes requests on until a signal asks it to stop, and then
 * sums up. 0, or with --fail-on-violations 1 where something broke the docs.
 */
export const proxyCommand: Run = async ({ options, positionals, terminal }) => {
  const format = formatOf('proxy', options, ['text', 'json'])
  const { upstream: named, sources = [], out, ...rest } = options
  const { upstream, names } = passedOnTo(named, positionals)
  const reading = progress(terminal)
  const { createProxy } = await import('../proxy.js')
  const proxy = await createProxy({
    ...rest,
    upstream,
    sources: names.length > 0 ? names : sources,
    https: httpsOf(options),
    cwd: terminal.cwd,
    logger: await loggerFor(options, terminal),
    onRead: reading.onRead,
  })
  reading.done()
  let stopped: Promise<number>
  try {
    const url = await listen(proxy, options)
    stopped = untilStopped(async () => {
      await proxy.close()
      await writeResult(written(proxy, format), options, terminal)
    }, terminal)
    // What is read by a program is alone on stdout.
    const first = format === 'json' && out === undefined ? terminal.stderr : terminal.stdout
    first.write(firstLines(proxy, url, options))
  } catch (error) {
    await proxy.close()
    throw error
  }
  const code = await stopped
  return options.failOnViolations && proxy.summary.violating > 0 ? 1 : code
}

/** As Prism's users know it, the upstream may also stand behind the sources: addresses are no sources. */
function passedOnTo(named: string | undefined, positionals: readonly string[]) {
  const last = positionals.at(-1)
  if (named !== undefined) return { upstream: named, names: positionals }
  if (last !== undefined && /^https?:\/\//i.test(last))
    return { upstream: last, names: positionals.slice(0, -1) }
  throw new errors.STANDIN_ERR_USAGE(
    'standin proxy needs --upstream URL, the server that requests are passed on to.',
  )
}

async function listen(proxy: Proxy, { host, port }: Options): Promise<string> {
  try {
    return await proxy.listen()
  } catch (error) {
    throw listenError(error, host, port)
  }
}

function firstLines({ description, notes, summary, trust }: Proxy, url: string, options: Options): string {
  const broken = notes.filter(({ severity }) => severity === 'error')
  const how = [
    options.errors ? 'what breaks the docs is refused' : 'what breaks the docs is passed on and reported',
    ...(options.validateRequest ? [] : ['requests are not checked']),
    ...(options.fallback === true ? ['the mock answers while the upstream is down'] : []),
    ...(options.watch ? ['changes of the docs are followed'] : []),
    ...(options.record === undefined ? [] : [`what passes is recorded in ${options.record}`]),
  ]
  return `${[
    `Standin ${packageVersion} passes ${url} on to ${summary.upstream}`,
    '',
    `Docs:    ${description.title}, ${description.operations.length} operations, ${url}/_standin/docs`,
    `Mode:    ${how.join('; ')}`,
    ...(trust === undefined ? [] : trustLines(trust)),
    ...(broken.length === 0 ? [] : ['', 'What could not be read of the docs:']),
    ...broken.map(({ source, message }) => `  ${formatSource(source)} ${message}`),
  ].join('\n')}\n\n`
}

function written({ summary, recorded }: Proxy, format: 'text' | 'json'): string {
  if (format === 'json') return `${JSON.stringify({ ...summary, ...(recorded && { recorded }) }, null, 2)}\n`
  if (!recorded) return summaryText(summary)
  const { file, added, kept, leftOut } = recorded
  const lines = [
    file === undefined
      ? 'No call could be recorded.'
      : `${file}: ${added} examples added, ${kept} that were there before. Look through them before you commit them.`,
    ...leftOut.map(({ call, reason }) => `  left out: ${call}: ${reason}`),
  ]
  return `${summaryText(summary)}\n${lines.join('\n')}\n`
}
