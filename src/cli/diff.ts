import { diffDescriptions } from '../contract/diff.js'
import { readPactFiles } from '../contract/pact-files.js'
import { errors } from '../errors.js'
import type { Run } from './commands.js'
import { describe } from './describe.js'
import { differenceFormats, writeDifference } from './diff-report.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin diff OLD NEW`: 0 where no change breaks a consumer, 1 where one does. */
export const diff: Run = async (invocation) => {
  const { options, positionals, terminal } = invocation
  const format = formatOf('diff', options, differenceFormats)
  const [old, now] = positionals
  if (old === undefined || now === undefined) {
    throw new errors.STANDIN_ERR_USAGE(
      'standin diff needs two versions before any --pact: standin diff OLD NEW [--pact PACT…]. Each is a file or a folder.',
    )
  }
  const pacts = options.pact && (await readPactFiles(options.pact, terminal.cwd))
  const difference = diffDescriptions(
    await describe(invocation, [old]),
    await describe(invocation, [now]),
    pacts ? { pacts } : {},
  )
  await writeResult(writeDifference(difference, format), options, terminal)
  return difference.breaking ? 1 : 0
}
