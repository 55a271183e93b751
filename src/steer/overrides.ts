import { conditionDiffers, type ConditionedCall } from './match-condition.js'
import { delayOf } from './delay.js'
import type { ActiveOverride, Fault, Step } from './override.js'
import type { PreparedBody } from './override-body.js'
import type { PreparedOverride, PreparedStep } from './prepared-override.js'
import { Refused } from './refused.js'

/** A call that an override may be for. */
export interface SteeredCall extends ConditionedCall {
  readonly operationId: string
}

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

/** Overrides of one session; each is asked about every call. */
export const MOST_OVERRIDES = 100

interface Active {
  readonly id: string
  readonly prepared: PreparedOverride
  readonly scenario: string | undefined
  used: number
}

/** The overrides of one session, the newest first. */
export class Overrides {
  readonly #active: Active[] = []
  #made = 0

  get size(): number {
    return this.#active.length
  }

  /** Throws {@link Refused} where there are too many, or one of that id. */
  add(prepared: PreparedOverride, scenario?: string): ActiveOverride {
    const { id = this.#newId() } = prepared.override
    if (this.#find(id))
      throw new Refused('/id', `There is an override '${id}' already; PUT replaces it`, 'taken')
    return this.#put({ id, prepared, scenario, used: 0 })
  }

  /** In place of the one of this id, at its place in the order; the newest where there is none. */
  put(id: string, prepared: PreparedOverride): ActiveOverride {
    const known = this.#find(id)
    const entry: Active = { id, prepared, scenario: undefined, used: 0 }
    if (!known) return this.#put(entry)
    this.#active[this.#active.indexOf(known)] = entry
    return shown(entry)
  }

  get(id: string): ActiveOverride | undefined {
    const found = this.#find(id)
    return found && shown(found)
  }

  list(): ActiveOverride[] {
    return this.#active.map(shown)
  }

  /** False where there is none. */
  delete(id: string): boolean {
    const index = this.#active.findIndex((one) => one.id === id)
    if (index !== -1) this.#active.splice(index, 1)
    return index !== -1
  }

  clear(): void {
    this.#active.length = 0
  }

  /** Throws {@link Refused} where a scenario has more overrides than there is room for. */
  mayHold(count: number): void {
    if (this.#ownOnes().length + count > MOST_OVERRIDES) throw tooMany()
  }

  /**
   * The overrides of a scenario in place of those of the one before; the first of them goes before the
   * next.
   */
  switchTo(scenario: string | undefined, prepared: readonly PreparedOverride[]): void {
    const others = this.#ownOnes()
    const entries = prepared.map((one): Active => ({ id: this.#newId(), prepared: one, scenario, used: 0 }))
    this.#active.splice(0, this.#active.length, ...entries, ...others)
  }

  /** The override that this call gets; counts as used. Undefined where none fits. */
  take(call: SteeredCall): Planned | undefined {
    for (const entry of this.#active) {
      const { override, random } = entry.prepared
      if (!isFor(entry, call.operationId)) continue
      if (override.when && conditionDiffers(override.when, call).length > 0) continue
      if (override.probability !== undefined && random() >= override.probability) continue
      const step = stepAt(entry)
      entry.used++
      return planned(entry, step ?? NOTHING, call.path)
    }
    return undefined
  }

  /** The override that the next call of an operation would get, were its condition met. */
  next(operationId: string): ActiveOverride | undefined {
    const found = this.#active.find((entry) => isFor(entry, operationId))
    return found && shown(found)
  }

  /** Those that came with no scenario. */
  #ownOnes(): Active[] {
    return this.#active.filter((one) => one.scenario === undefined)
  }

  #find(id: string): Active | undefined {
    return this.#active.find((one) => one.id === id)
  }

  #newId(): string {
    let id = ''
    do id = `o${++this.#made}`
    while (this.#find(id))
    return id
  }

  #put(entry: Active): ActiveOverride {
    if (this.#active.length >= MOST_OVERRIDES) throw tooMany()
    this.#active.unshift(entry)
    return shown(entry)
  }
}

const tooMany = (): Refused =>
  new Refused('', `A session has at most ${MOST_OVERRIDES} overrides; delete those that are spent`, 'full')

const isFor = (entry: Active, operationId: string): boolean =>
  (entry.prepared.override.operationId ?? operationId) === operationId && !isSpent(entry)

function isSpent({ prepared: { override, steps }, used }: Active): boolean {
  if (used >= (override.times ?? Infinity)) return true
  return (
    override.sequence !== undefined && (override.afterSequence ?? 'stop') === 'stop' && used >= steps.length
  )
}

function stepAt({ prepared: { override, steps }, used }: Active): PreparedStep | undefined {
  return override.afterSequence === 'last' ? (steps[used] ?? steps.at(-1)) : steps[used % steps.length]
}

const NOTHING: PreparedStep = { step: {}, body: undefined }

function planned(
  { id, prepared: { override, steps, random }, used, scenario }: Active,
  { step, body }: PreparedStep,
  path: Planned['path'],
): Planned {
  const call = override.sequence ? `, call ${used} of a sequence of ${steps.length}` : ''
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

function shown(entry: Active): ActiveOverride {
  const { id, prepared, used, scenario } = entry
  return {
    ...prepared.override,
    id,
    used,
    spent: isSpent(entry),
    ...(scenario !== undefined && { scenario }),
  }
}
