import type { Change } from '../contract/change.js'
import type { Difference } from '../contract/diff.js'
import { formatSource } from '../operation/source.js'
import { annotation } from './annotation.js'

export const differenceFormats = ['text', 'json', 'github'] as const

/** A difference in one of its forms: for people, for programs, for annotations on GitHub. */
export const writeDifference = (difference: Difference, format: (typeof differenceFormats)[number]): string =>
  writers[format](difference)

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
