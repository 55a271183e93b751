import { conditionDiffers, type ConditionedCall } from './match-condition.js'
import { type Active, isSpent, type Planned, planned, shown } from './active-override.js'
import { type Claims, takeClaimed } from './claims.js'
import type { ActiveOverride } from './override.js'
import type { PreparedOverride } from './prepared-override.js'
import { Refused } from './refused.js'

/** A call that an override may be for. */
export interface SteeredCall extends ConditionedCall {
  readonly operationId: string
}

/** Overrides of one session; each is asked about every call. */
export const MOST_OVERRIDES = 100

/** What overrides begin from, other than from nothing. */
export interface OverridesParts {
  readonly active: readonly Active[]
  readonly scenario: string | undefined
  /** How many ids were made up. */
  readonly made: number
  /** A name for what is set now, by which its uses are counted. */
  readonly newKey: () => string
  /** Counts the uses, together with other processes. */
  readonly claims: Claims
}

/** The overrides of one session, the newest first, and the scenario that some of them came with. */
export class Overrides {
  readonly #active: Active[]
  readonly #newKey: () => string
  readonly #claims: Claims | undefined
  #scenario: string | undefined
  #made: number

  constructor({ active, scenario, made, newKey, claims }: Partial<OverridesParts> = {}) {
    this.#active = [...(active ?? [])]
    this.#scenario = scenario
    this.#made = made ?? 0
    this.#newKey = newKey ?? noKey
    this.#claims = claims
  }

  /** The name of the one that is active. */
  get scenario(): string | undefined {
    return this.#scenario
  }

  /** How many ids were made up. */
  get made(): number {
    return this.#made
  }

  get entries(): readonly Active[] {
    return this.#active
  }

  get size(): number {
    return this.#active.length
  }

  /** Throws {@link Refused} where there are too many, or one of that id. */
  add(prepared: PreparedOverride, scenario?: string): ActiveOverride {
    const { id = this.#newId() } = prepared.override
    if (this.#find(id))
      throw new Refused('/id', `There is an override '${id}' already; PUT replaces it`, 'taken')
    return this.#put(this.#entry(id, prepared, scenario))
  }

  /** In place of the one of this id, at its place in the order; the newest where there is none. */
  put(id: string, prepared: PreparedOverride): ActiveOverride {
    const known = this.#find(id)
    const entry = this.#entry(id, prepared, undefined)
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
    const entries = prepared.map((one) => this.#entry(this.#newId(), one, scenario))
    this.#scenario = scenario
    this.#active.splice(0, this.#active.length, ...entries, ...others)
  }

  /**
   * The override that this call gets; counts as used. Undefined where none fits. Promised only where the
   * uses are counted together with other processes, and rejects then with STANDIN_ERR_STORE_*.
   */
  take(call: SteeredCall): Planned | undefined | Promise<Planned | undefined> {
    if (this.#claims) return takeClaimed(this.#fitting(call), call, this.#claims)
    for (const entry of this.#active) {
      if (!fits(entry, call)) continue
      const { override, random } = entry.prepared
      const drawn = random(entry.met++)
      if (override.probability !== undefined && drawn() >= override.probability) continue
      return planned(entry, entry.used++, drawn, call.path)
    }
    return undefined
  }

  /** The override that the next call of an operation would get, were its condition met. */
  next(operationId: string): ActiveOverride | undefined {
    const found = this.#active.find((entry) => isFor(entry, operationId))
    return found && shown(found)
  }

  *#fitting(call: SteeredCall): Generator<Active, undefined> {
    for (const entry of this.#active) if (fits(entry, call)) yield entry
    return undefined
  }

  #entry(id: string, prepared: PreparedOverride, scenario: string | undefined): Active {
    return { id, key: this.#newKey(), prepared, scenario, used: 0, met: 0 }
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

const noKey = (): string => ''

const tooMany = (): Refused =>
  new Refused('', `A session has at most ${MOST_OVERRIDES} overrides; delete those that are spent`, 'full')

const isFor = (entry: Active, operationId: string): boolean =>
  (entry.prepared.override.operationId ?? operationId) === operationId && !isSpent(entry)

const fits = (entry: Active, call: SteeredCall): boolean =>
  isFor(entry, call.operationId) &&
  (!entry.prepared.override.when || conditionDiffers(entry.prepared.override.when, call).length === 0)
