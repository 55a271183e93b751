import type { SessionState } from '../../respond/behaviour.js'
import type { Session } from '../../steer/sessions.js'
import { ControlProblem } from './problems.js'

export const noState = (): ControlProblem =>
  new ControlProblem(
    'no-state',
    'The stand-in was started with --stateless and keeps no state; start it without to read or change any',
  )

/** The state of a session, or a problem where the stand-in keeps none. */
export function stateOf({ state }: Session): SessionState {
  if (state) return state
  throw noState()
}
