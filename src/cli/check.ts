import { errors } from '../errors.js'
import { stringifyExact } from '../operation/json.js'
import type { Operation } from '../operation/operation.js'
import { checkGithub } from './check/github.js'
import { checkJunit } from './check/junit.js'
import { type CheckReport, checkReport, checkText } from './check/report.js'
import { checkOperations, isFromCurl } from './check/run.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin check SOURCE…`: whether the docs' own samples hold. Exit code 1 where one does not. */
export const check: Run = async ({ options, positionals, terminal, createStandin }) => {
  const format = formatOf('check', options, ['text', 'json', 'junit', 'github'])
  const standin = await createStandin({
    ...options,
    sources: positionals.length > 0 ? positionals : (options.sources ?? []),
    stateless: true,
    delay: 0,
    logger: false,
  })
  try {
    const { description } = standin
    const operations = await chosen(description.operations, options.only)
    const checked = await checkOperations(description, operations, (request) => standin.inject(request))
    const report = checkReport(checked)
    await writeResult(WRITERS[format](report), options, terminal)
    return report.summary.failed > 0 ? 1 : 0
  } finally {
    await standin.close()
  }
}

const WRITERS = {
  text: checkText,
  json: (report: CheckReport): string => `${stringifyExact(report, 2)}\n`,
  junit: checkJunit,
  github: checkGithub,
}

/** By operation ids, or by `METHOD /path`. */
async function chosen(
  operations: readonly Operation[],
  only: readonly string[] | undefined,
): Promise<Operation[]> {
  const documented = operations.filter((operation) => !isFromCurl(operation))
  if (only === undefined) return documented
  const known = new Set(documented.flatMap(namesOf))
  const unknown = only.find((name) => !known.has(name))
  if (unknown === undefined)
    return documented.filter((one) => namesOf(one).some((name) => only.includes(name)))
  const { didYouMean } = await import('./nearest.js')
  const ids = documented.map(({ operationId }) => operationId)
  throw new errors.STANDIN_ERR_USAGE(
    `--only ${unknown}: the sources document no such operation.${didYouMean(unknown, ids)} standin inspect lists them.`,
  )
}

const namesOf = ({ operationId, method, path }: Operation) => [operationId, `${method} ${path}`, path]
