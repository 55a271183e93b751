import { equal } from '../operation/equal.js'
import type { Collections, StateReader, StateWriter } from '../respond/state.js'
import { BEGINNING, contentsOf } from './state-contents.js'

/** What a session begins from, where that is not the fixtures alone. */
export interface Beginning {
  readonly snapshot?: string | undefined
  readonly scenario?: string | undefined
}

/** What a state says of it. */
export interface Mark extends Beginning {
  /** Whether the overrides of the scenario are known to be set, too. */
  readonly isSteered: boolean
}

const ID = 'session'

/**
 * What a state says of itself. It stands in the state, so that both are set in one step by one of several
 * processes, and a reset forgets both.
 *
 * @returns undefined where it began from the fixtures, or has not begun. */
export function beginningIn(state: StateReader): Mark | undefined {
  const mark = state.get(BEGINNING, ID)
  return (
    mark && {
      snapshot: text(mark['snapshot']),
      scenario: text(mark['scenario']),
      isSteered: mark['steered'] !== false,
    }
  )
}

export function markBeginning(state: StateWriter, { snapshot, scenario, isSteered }: Mark): void {
  state.put(BEGINNING, ID, {
    ...(snapshot !== undefined && { snapshot }),
    ...(scenario !== undefined && { scenario }),
    ...(!isSteered && { steered: false }),
  })
}

export const isSame = (one: Beginning | undefined, other: Beginning): boolean =>
  one !== undefined && one.snapshot === other.snapshot && one.scenario === other.scenario

/** Whether a state is still what it was made from. */
export const isAt = (contents: Collections, state: StateReader): boolean =>
  equal(filled(contentsOf(state)), filled(contents))

/** Collections that hold something. */
const filled = (contents: Collections): Collections =>
  Object.fromEntries(Object.entries(contents).filter(([, documents]) => Object.keys(documents).length > 0))

/** In words: `snapshot 'demo' and scenario 'late'`. */
export const beginningText = ({ snapshot, scenario }: Beginning): string =>
  [
    ...(snapshot === undefined ? [] : [`snapshot '${snapshot}'`]),
    ...(scenario === undefined ? [] : [`scenario '${scenario}'`]),
  ].join(' and ') || 'the fixtures'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
