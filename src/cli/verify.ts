import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { docsReport, docsReportText } from '../contract/docs-report.js'
import { type Progress, verifyContracts } from '../contract/verify.js'
import { errors } from '../errors.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import type { Options } from './options.js'
import { writeResult } from './output.js'
import type { Terminal } from './terminal.js'
import { verifyFormats, writeVerification } from './verify-report.js'
import { contractsFor } from './verify-sources.js'

/** `standin verify`: 0 where the provider keeps all contracts, 1 where it does not, 2 where nothing could be verified. */
export const verify: Run = async ({ options, terminal }) => {
  const docs = options.report === 'docs'
  const format = formatOf('verify', options, docs ? ['text', 'json'] : verifyFormats)
  const { providerBaseUrl, states, only, timeout, stateTimeout, insecure, parallel } = options
  if (providerBaseUrl === undefined)
    throw new errors.STANDIN_ERR_USAGE(
      'standin verify needs --provider-base-url URL, the provider to verify.',
    )
  const headers = headersOf(options.header ?? [])
  const { contracts, publish } = await contractsFor(options, terminal)
  const progress = progressTo(terminal)
  const { report, observations } = await verifyContracts(contracts, {
    providerBaseUrl,
    cwd: terminal.cwd,
    headers,
    timeout,
    stateTimeout,
    insecure,
    ...(states === undefined ? {} : { states }),
    ...(only === undefined ? {} : { only }),
    ...(parallel === undefined ? {} : { parallel }),
    onProgress: progress.show,
  }).finally(progress.end)
  const result = docs
    ? written(docsReport(observations, pageReader(terminal)), format)
    : writeVerification(report, verifyFormats.find((one) => one === format) ?? 'text')
  await writeResult(result, options, terminal)
  await publish?.(report)
  return report.summary.failed === 0 ? 0 : 1
}

const written = (report: ReturnType<typeof docsReport>, format: Options['format']): string =>
  format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : docsReportText(report)

function headersOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(text) ?? []
      if (name === undefined || value === undefined)
        throw new errors.STANDIN_ERR_USAGE('--header: expected NAME:VALUE, such as "Accept-Language: de"')
      return [name, value.trim()]
    }),
  )
}

/** Pages of bundled APIs lie in this package, all others where the contract says, from the working directory. */
function pageReader({ cwd }: Terminal): (file: string) => string | undefined {
  const own = fileURLToPath(new URL('.', import.meta.resolve('standin/package.json')))
  return (file) => {
    for (const folder of [cwd, own]) {
      try {
        return readFileSync(resolve(folder, file), 'utf8')
      } catch {
        // Then it may be in the other; a page that is in neither is told of without a patch.
      }
    }
    return undefined
  }
}

/** To stderr, so that stdout is the report alone: one line that changes on a terminal, else one now and then. */
function progressTo({ stderr }: Terminal): { show: (progress: Progress) => void; end: () => void } {
  const live = stderr.isTTY === true
  const clear = '\r\u001B[2K'
  return {
    show: ({ begun, total, description }) => {
      if (live) stderr.write(`${clear}${begun}/${total} ${description.slice(0, 70)}`)
      else if (begun % 100 === 0 && begun < total) stderr.write(`verifying ${begun} of ${total}\n`)
    },
    end: () => {
      if (live) stderr.write(clear)
    },
  }
}
