import type { Collections } from '../respond/state.js'
import {
  type Beginning,
  beginningIn,
  beginningText,
  isAt,
  isSame,
  type Mark,
  markBeginning,
} from './beginning.js'
import { instead } from './check-override.js'
import { Refused, saidOf } from './refused.js'
import type { LoadedScenario, Scenarios } from './scenario.js'
import type { Session } from './session.js'
import type { Snapshots } from './snapshots.js'
import { mergeContents, replaceContents } from './state-contents.js'

export interface StagingOptions {
  /** Undefined where the stand-in is stateless. */
  readonly snapshots: Snapshots | undefined
  readonly scenarios: Scenarios
}

/** Puts sessions into a state that has a name: a snapshot, or a scenario. */
export class Staging {
  readonly snapshots: Snapshots | undefined
  readonly scenarios: Scenarios

  constructor({ snapshots, scenarios }: StagingOptions) {
    this.snapshots = snapshots
    this.scenarios = scenarios
  }

  /** Makes the state of a session what a snapshot holds. Rejects with {@link Refused} where there is none. */
  async restore({ state }: Session, snapshot: string): Promise<void> {
    if (!state) throw new Refused('', STATELESS, 'stateless')
    const contents = await this.#snapshot(snapshot)
    await state.update((writer) => replaceContents(writer, contents))
  }

  /**
   * Switches a scenario on in a session: its state, and its overrides in place of those of the scenario
   * before. Overrides that were set one by one stay, after them. Nothing is changed where it cannot be.
   */
  async switchTo(session: Session, name: string): Promise<LoadedScenario> {
    const scenario = await this.#scenario(name)
    const { state } = session
    const contents = await this.#contents(scenario)
    session.overrides.mayHold(scenario.overrides.length)
    if (contents) {
      if (!state) throw new Refused('', STATELESS, 'stateless')
      await state.update((writer) => replaceContents(writer, contents))
    }
    // In the same turn of the event loop as the state, so that no request comes in between; where the session
    // is shared with other processes, a request may see the new state while the old overrides still hold.
    await steerBy(session, scenario)
    return scenario
  }

  /**
   * Begins a session from a snapshot, a scenario or both: what the scenario says of the state goes before.
   * A session that began so stays as it is; one in which nothing of the state was changed yet begins now.
   * Resolves when it has begun; rejects with {@link Refused}, of kind `begun` where it began otherwise.
   */
  async begin(session: Session, asked: Beginning): Promise<void> {
    if (!session.beginning && (await hasBegun(session, asked))) return
    // One after the other, so that the second finds what the first has done.
    const before = session.beginning?.catch(() => {})
    const beginning = (before ?? Promise.resolve()).then(() => this.#begin(session, asked))
    session.beginning = beginning
    try {
      await beginning
    } finally {
      if (session.beginning === beginning) session.beginning = undefined
    }
  }

  async #begin(session: Session, asked: Beginning): Promise<void> {
    const { scenario: name, snapshot } = asked
    const scenario = name === undefined ? undefined : await saidOf('/scenario', () => this.#scenario(name))
    const base =
      snapshot === undefined ? undefined : await saidOf('/snapshot', () => this.#snapshot(snapshot))
    const contents = (scenario && (await this.#contents(scenario))) ?? base
    session.overrides.mayHold(scenario?.overrides.length ?? 0)
    const before = await this.#mark(session, asked, contents)
    if (before === 'otherwise') throw await begunOtherwise(session, asked)
    if (scenario && before === 'unsteered') {
      await steerBy(session, scenario)
      await noteSteered(session, asked)
    }
    session.begun = asked
  }

  /** Puts what a session begins from in place, unless it has begun. */
  async #mark(
    session: Session,
    asked: Beginning,
    contents: Collections | undefined,
  ): Promise<'unsteered' | 'steered' | 'otherwise'> {
    const { state, begun, isShared } = session
    if (!state || !this.snapshots) {
      if (contents) throw new Refused('', STATELESS, 'stateless')
      return begun === undefined ? 'unsteered' : isSame(begun, asked) ? 'steered' : 'otherwise'
    }
    const fixtures = await this.snapshots.fixtures()
    return state.update((writer) => {
      const mark = beginningIn(writer)
      if (mark && isSame(mark, asked)) return isSteered(session, mark) ? 'steered' : 'unsteered'
      if (mark || !isAt(fixtures, writer)) return 'otherwise'
      if (contents) replaceContents(writer, contents)
      markBeginning(writer, { ...asked, isSteered: !isShared || asked.scenario === undefined })
      return 'unsteered'
    })
  }

  /** Takes the overrides of the active scenario away. The state stays: it may have been worked with. */
  async leave(session: Session): Promise<void> {
    await session.steer((overrides) => overrides.switchTo(undefined, []))
  }

  async #scenario(name: string): Promise<LoadedScenario> {
    const scenario = await this.scenarios.read(name)
    if (scenario) return scenario
    const known = (await this.scenarios.list()).map((one) => one.name)
    throw new Refused('', `There is no scenario '${name}'. ${instead(name, known)}`, 'unknown')
  }

  async #contents({ snapshot, state }: LoadedScenario): Promise<Collections | undefined> {
    if (snapshot === undefined && state === undefined) return undefined
    if (!this.snapshots) throw new Refused('', STATELESS, 'stateless')
    const base = snapshot === undefined ? await this.snapshots.fixtures() : await this.#snapshot(snapshot)
    return state === undefined ? base : mergeContents(base, state)
  }

  async #snapshot(name: string): Promise<Collections> {
    if (!this.snapshots) throw new Refused('', STATELESS, 'stateless')
    const contents = await this.snapshots.read(name)
    if (contents) return contents
    const known = (await this.snapshots.list()).map((one) => one.name)
    throw new Refused('', `There is no snapshot '${name}'. ${instead(name, known)}`, 'unknown')
  }
}

/** Whether a session began as is asked for, with everything in place. */
async function hasBegun(session: Session, asked: Beginning): Promise<boolean> {
  const { stored, begun, isShared } = session
  if (!stored) {
    // Another process may have switched it on.
    const isOn = isShared && asked.scenario !== undefined && session.scenario === asked.scenario
    return isSame(begun, asked) || (isOn && asked.snapshot === undefined)
  }
  const mark = beginningIn(await stored.read())
  return mark !== undefined && isSame(mark, asked) && isSteered(session, mark)
}

/**
 * Where overrides do not outlive a process, those of a session that began before it are set again; where
 * others share them, those that nobody is known to have set.
 */
const isSteered = ({ isShared, begun }: Session, { scenario, isSteered }: Mark): boolean =>
  scenario === undefined || (isShared ? isSteered : begun !== undefined)

/** Others that share the session need not switch its scenario on. It may have been reset meanwhile. */
async function noteSteered({ stored, isShared }: Session, asked: Beginning): Promise<void> {
  if (!isShared) return
  await stored?.update((writer) => {
    if (isSame(beginningIn(writer), asked)) markBeginning(writer, { ...asked, isSteered: true })
  })
}

async function steerBy(session: Session, { name, overrides: own }: LoadedScenario): Promise<void> {
  await session.steer((overrides) => {
    overrides.mayHold(own.length)
    overrides.switchTo(name, own)
  })
}

async function begunOtherwise({ name, stored, begun }: Session, asked: Beginning): Promise<Refused> {
  const mark = stored ? beginningIn(await stored.read()) : begun
  const how = mark ? `began from ${beginningText(mark)}` : 'has a state that was changed already'
  return new Refused(
    '',
    `The session '${name}' ${how}, so it cannot begin from ${beginningText(asked)} any more. Name another session, or reset or drop this one first`,
    'begun',
  )
}

const STATELESS = 'The stand-in was started with --stateless and keeps no state'
