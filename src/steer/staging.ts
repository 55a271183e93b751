import type { Collections } from '../respond/state.js'
import { instead } from './check-override.js'
import { Refused } from './refused.js'
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
    const scenario = await this.scenarios.read(name)
    if (!scenario) {
      const known = (await this.scenarios.list()).map((one) => one.name)
      throw new Refused('', `There is no scenario '${name}'. ${instead(name, known)}`, 'unknown')
    }
    const { state } = session
    const contents = await this.#contents(scenario)
    session.overrides.mayHold(scenario.overrides.length)
    if (contents) {
      if (!state) throw new Refused('', STATELESS, 'stateless')
      await state.update((writer) => replaceContents(writer, contents))
    }
    // In the same turn of the event loop as the state, so that no request comes in between; where the session
    // is shared with other processes, a request may see the new state while the old overrides still hold.
    await session.steer((overrides) => {
      overrides.mayHold(scenario.overrides.length)
      overrides.switchTo(name, scenario.overrides)
    })
    return scenario
  }

  /** Takes the overrides of the active scenario away. The state stays: it may have been worked with. */
  async leave(session: Session): Promise<void> {
    await session.steer((overrides) => overrides.switchTo(undefined, []))
  }

  async #contents({ snapshot, state }: LoadedScenario): Promise<Collections | undefined> {
    if (snapshot === undefined && state === undefined) return undefined
    if (!this.snapshots) throw new Refused('', STATELESS, 'stateless')
    const base = snapshot === undefined ? await this.snapshots.fixtures() : await this.#snapshot(snapshot)
    return state === undefined ? base : mergeContents(base, state)
  }

  async #snapshot(name: string): Promise<Collections> {
    const contents = await this.snapshots?.read(name)
    if (contents) return contents
    const known = ((await this.snapshots?.list()) ?? []).map((one) => one.name)
    throw new Refused('', `There is no snapshot '${name}'. ${instead(name, known)}`, 'unknown')
  }
}

const STATELESS = 'The stand-in was started with --stateless and keeps no state'
