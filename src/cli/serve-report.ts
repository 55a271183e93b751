import { errors } from '../errors.js'
import { coverageText } from '../steer/journal/coverage-text.js'
import type { Options } from './options.js'
import { writeResult } from './output.js'
import type { Standin } from './standin.js'
import type { Terminal } from './terminal.js'

/** Unknown requests that are listed at the end. */
const MOST = 50

type Reported = Pick<Options, 'coverage' | 'coverageMin' | 'unknown' | 'journal'>

/** What the end of a run is held against needs calls to be kept. Throws STANDIN_ERR_USAGE. */
export function checkReported({ coverage, coverageMin, unknown, journal }: Reported): void {
  if (journal > 0) return
  const needs = [
    ...(coverage === undefined ? [] : ['--coverage']),
    ...(coverageMin === undefined ? [] : ['--coverage-min']),
    ...(unknown === 'fail' ? ['--unknown fail'] : []),
  ]
  if (needs.length === 0) return
  throw new errors.STANDIN_ERR_USAGE(
    `${needs.join(' and ')} ${needs.length === 1 ? 'needs' : 'need'} the journal; leave --journal 0 out.`,
  )
}

/** Tells at the end of a run what was called. Resolves with the exit code. @throws STANDIN_ERR_OUTPUT_UNWRITABLE */
export async function reportRun(standin: Standin, options: Options, terminal: Terminal): Promise<number> {
  const { coverage: file, coverageMin = 0, unknown } = options
  const unknownRequests = unknown === 'fail' ? ((await standin.unknownRequests?.()) ?? []) : []
  let code = 0
  const found = file !== undefined || coverageMin > 0 ? await standin.coverage?.() : undefined
  if (found && file !== undefined) {
    const text = file.endsWith('.json') ? `${JSON.stringify(found, undefined, 2)}\n` : coverageText(found)
    const { out: _out, ...rest } = options
    await writeResult(text, file === '-' ? rest : { ...rest, out: file }, terminal)
  }
  if (found && found.responses.percent < coverageMin) {
    terminal.stderr.write(
      `${found.responses.percent} % of the documented replies were called, and --coverage-min asks for ${coverageMin} %.\n`,
    )
    code = 1
  }
  if (unknownRequests.length > 0) {
    const lines = unknownRequests
      .slice(0, MOST)
      .map(({ times, reason }) => `  ${times > 1 ? `${times} times: ` : ''}${reason}`)
    const more = unknownRequests.length > MOST ? [`  … and ${unknownRequests.length - MOST} more`] : []
    terminal.stderr.write(`${['Requests that the docs do not have:', ...lines, ...more].join('\n')}\n`)
    code = 1
  }
  return code
}
