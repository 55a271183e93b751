import { delayOf } from './delay.js'
import type { ActiveOverride, Fault, Override, Step } from './override.js'
import type { PreparedBody } from './override-body.js'
import type { PreparedOverride, PreparedStep } from './prepared-override.js'

/** What an override does to one call. */
export interface Planned {
  readonly overrideId: string
  /** A sentence, for the journal and `standin-reason`. */
  readonly reason: string
  readonly step: Step
  readonly body: PreparedBody | undefined
  /** Milliseconds; undefined where the override says nothing of it. */
  readonly delay: number | undefined
  readonly fault: Fault | undefined
  /** From 0 up to, but not, 1. */
  readonly random: () => number
  /** The path parameters of the call, decoded. */
  readonly path: Readonly<Record<string, string>>
}

/** An override of a session, as it stands. */
export interface Active {
  readonly id: string
  /** By which replicas count its uses: another one each time that an override is set. Empty where there are none. */
  readonly key: string
  readonly prepared: PreparedOverride
  /** The one that it came with. */
  readonly scenario: string | undefined
  /** Calls that it was taken for. */
  used: number
  /** Calls that it was for, those that chance left out included. */
  met: number
}

/** For how many calls an override can be taken at most. */
export function mostUses({ times = Infinity, sequence, afterSequence = 'stop' }: Override): number {
  return sequence && afterSequence === 'stop' ? Math.min(times, sequence.length) : times
}

export const isSpent = ({ prepared: { override }, used }: Active): boolean => used >= mostUses(override)

/** What an override does to the call that it is taken for, after `used` others. */
export function planned(
  { id, prepared: { override, steps }, scenario }: Active,
  used: number,
  random: () => number,
  path: Planned['path'],
): Planned {
  const { step, body } = stepAt(override, steps, used) ?? NOTHING
  const call = override.sequence ? `, call ${used + 1} of a sequence of ${steps.length}` : ''
  const from = scenario === undefined ? '' : ` of scenario ${scenario}`
  return {
    overrideId: id,
    reason: `override ${id}${from}${call}`,
    step,
    body,
    delay: step.delay === undefined ? undefined : delayOf(step.delay, random),
    fault: step.fault,
    random,
    path,
  }
}

const stepAt = (
  { afterSequence }: Override,
  steps: readonly PreparedStep[],
  used: number,
): PreparedStep | undefined =>
  afterSequence === 'last' ? (steps[used] ?? steps.at(-1)) : steps[used % steps.length]

const NOTHING: PreparedStep = { step: {}, body: undefined }

export function shown(entry: Active): ActiveOverride {
  const { id, prepared, used, scenario } = entry
  return {
    ...prepared.override,
    id,
    used,
    spent: isSpent(entry),
    ...(scenario !== undefined && { scenario }),
  }
}
