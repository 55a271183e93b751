import type { Change } from '../contract/change.js'
import type { Difference } from '../contract/diff.js'
import { formatSource } from '../operation/source.js'
import { annotation } from './annotation.js'
import { junit } from './junit.js'

export const differenceFormats = ['text', 'json', 'junit', 'github'] as const

/** A difference in one of its forms: for people, for programs, for CI services, for annotations on GitHub. */
export const writeDifference = (difference: Difference, format: (typeof differenceFormats)[number]): string =>
  writers[format](difference)

const writers = {
  text,
  json: (difference: Difference): string => `${JSON.stringify(difference, null, 2)}\n`,
  junit: (difference: Difference): string => junit(suites(difference)),
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

const line = (change: Change): string =>
  `${change.breaking ? 'breaking' : 'safe'} ${sentence(change)}${users(change)} [${change.rule}]`
const way = (change: Change): string =>
  `${change.old ? formatSource(change.old) : 'not there'} -> ${change.new ? formatSource(change.new) : 'gone'}`

/** A suite for each operation that changed, a case for each change. Only what breaks fails. */
function suites({ changes }: Difference) {
  return [...new Set(changes.map(({ operationId }) => operationId))].map((name) => ({
    name,
    cases: changes
      .filter(({ operationId }) => operationId === name)
      .map((change) => ({
        name: `${change.where}: ${change.rule}`,
        failures: change.breaking ? [line(change), way(change)] : [],
      })),
  }))
}

function text({ changes }: Difference): string {
  const lines = changes.flatMap((change) => [line(change), `  ${way(change)}`])
  const breaking = changes.filter((change) => change.breaking).length
  lines.push(`${changes.length} ${changes.length === 1 ? 'change' : 'changes'}, ${breaking} breaking`)
  return `${lines.join('\n')}\n`
}
