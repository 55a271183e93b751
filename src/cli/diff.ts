import type { Change } from '../contract/change.js'
import { diffDescriptions, type Difference } from '../contract/diff.js'
import { readPactFiles } from '../contract/pact-files.js'
import { errors } from '../errors.js'
import { formatSource } from '../operation/source.js'
import { annotation } from './annotation.js'
import type { Run } from './commands.js'
import { describe } from './describe.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin diff OLD NEW`: 0 where no change breaks a consumer, 1 where one does. */
export const diff: Run = async (invocation) => {
  const { options, positionals, terminal } = invocation
  const format = formatOf('diff', options, ['text', 'json', 'github'])
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
  await writeResult(writers[format](difference), options, terminal)
  return difference.breaking ? 1 : 0
}

const writers = {
  text,
  json: (difference: Difference): string => `${JSON.stringify(difference, null, 2)}\n`,
  github: ({ changes }: Difference): string =>
    changes
      .map((change) =>
        annotation({
          level: change.breaking ? 'error' : 'notice',
          title: change.rule,
          message: `${sentence(change)}${users(change)}`,
          // The new version is the one in the work tree.
          source: change.new ?? change.old,
        }),
      )
      .join(''),
}

const sentence = ({ operationId, where, message }: Change): string => `${operationId}, ${where}: ${message}`
const users = ({ usedBy }: Change): string => (usedBy ? ` (used by ${usedBy.join(', ')})` : '')

function text({ changes }: Difference): string {
  const lines = changes.flatMap((change) => [
    `${change.breaking ? 'breaking' : 'safe'} ${sentence(change)}${users(change)} [${change.rule}]`,
    `  ${change.old ? formatSource(change.old) : 'not there'} -> ${change.new ? formatSource(change.new) : 'gone'}`,
  ])
  const breaking = changes.filter((change) => change.breaking).length
  lines.push(`${changes.length} ${changes.length === 1 ? 'change' : 'changes'}, ${breaking} breaking`)
  return `${lines.join('\n')}\n`
}
