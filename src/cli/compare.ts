import { comparePacts } from '../contract/compare.js'
import { readPactFiles } from '../contract/pact-files.js'
import { errors } from '../errors.js'
import type { Run } from './commands.js'
import { comparisonFormats, writeComparison } from './compare-report.js'
import { describe } from './describe.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin compare PACT… --with SOURCE…`: 0 where all is promised, 1 where something is not. */
export const compare: Run = async (invocation) => {
  const { options, positionals, terminal } = invocation
  const format = formatOf('compare', options, comparisonFormats)
  if (positionals.length === 0) {
    throw new errors.STANDIN_ERR_USAGE(
      'standin compare needs pacts before --with: standin compare PACT… --with SOURCE….',
    )
  }
  const pacts = await readPactFiles(positionals, terminal.cwd)
  const comparison = comparePacts(pacts, await describe(invocation, options.with ?? options.sources ?? []))
  await writeResult(writeComparison(comparison, format), options, terminal)
  return comparison.compatible ? 0 : 1
}
