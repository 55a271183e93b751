import { Value } from '@sinclair/typebox/value'
import { errors } from './errors.js'
import type { Operation } from './operation/operation.js'
import type { SessionState } from './respond/behaviour.js'
import { checkOverride } from './steer/check-override.js'
import { type ActiveOverride, Override } from './steer/override.js'
import { prepareOverride } from './steer/prepared-override.js'
import { Refused } from './steer/refused.js'
import type { Session, Sessions } from './steer/sessions.js'
import type { Staging } from './steer/staging.js'

export type { ActiveOverride, Override } from './steer/override.js'

/** A session of a running stand-in: what the calls that name it get, and nobody else. */
export interface StandinSession {
  /** What calls send as the header `Standin-Session`; `''` is the default one, which they need not name. */
  readonly name: string
  /** Throws when stateless. */
  readonly state: SessionState
  /** The newest first. */
  overrides(): Promise<readonly ActiveOverride[]>
  /** Adds an override, which goes before the others. Rejects with STANDIN_ERR_OVERRIDE. */
  override(override: Override): Promise<ActiveOverride>
  /** Removes one override, or all of them. */
  clear(id?: string): Promise<void>
  /** Switches a scenario on. Rejects with STANDIN_ERR_SCENARIO or STANDIN_ERR_SESSION. */
  scenario(name: string): Promise<void>
  /** Takes everything back: state, overrides, scenario, journal. */
  reset(): Promise<void>
  /** Forgets the session. The default one is only reset. */
  drop(): Promise<void>
}

export interface SessionParts {
  readonly sessions: Sessions
  readonly staging: Staging
  readonly operations: () => readonly Operation[]
}

/** Looks the session up at each use: it may have been dropped, and is then made anew. Throws STANDIN_ERR_SESSION. */
export function standinSession(
  name: string,
  { sessions, staging, operations }: SessionParts,
): StandinSession {
  const session = (): Session => {
    const found = sessions.get(name)
    if ('code' in found) throw new errors.STANDIN_ERR_SESSION(found.detail)
    return found
  }
  session()
  return {
    name,
    get state() {
      const { state } = session()
      if (!state) throw new errors.STANDIN_ERR_STATELESS()
      return state
    },
    async overrides() {
      return (await session().countedOverrides()).list()
    },
    async override(override) {
      try {
        const fault = Value.Errors(Override, override).First()
        if (fault) throw new Refused(fault.path, fault.message)
        checkOverride(override, operations())
        const prepared = await prepareOverride(override)
        return await session().steer((overrides) => overrides.add(prepared))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        throw new errors.STANDIN_ERR_OVERRIDE(
          error.pointer === '' ? error.message : `${error.pointer}: ${error.message}`,
        )
      }
    },
    async clear(id) {
      await session().steer((overrides) => {
        if (id === undefined) overrides.clear()
        else overrides.delete(id)
      })
    },
    async scenario(scenario) {
      try {
        await staging.switchTo(session(), scenario)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        throw new errors.STANDIN_ERR_SESSION(error.message)
      }
    },
    reset: () => session().reset(),
    async drop() {
      if (name === '') await session().reset()
      else await sessions.drop(name)
    },
  }
}
