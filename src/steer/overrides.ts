import type { RequestInput } from '../respond/check.js'
import type { ActiveOverride, Fault, Override, Step } from './override.js'

/** A call that an override may be for. */
export interface SteeredCall {
  readonly operationId: string
  readonly input: RequestInput
  /** Path parameters as they were sent, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly valid: boolean
}

/** What an override does to one call. */
export interface Planned {
  readonly overrideId: string
  /** A sentence, for the journal and `standin-reason`. */
  readonly reason: string
  readonly step: Step
  /** Milliseconds. */
  readonly delay: number
  readonly fault: Fault | undefined
}

/** The overrides of one session, the newest first. */
export class Overrides {
  readonly #active: { override: Override; id: string; used: number; scenario: string | undefined }[] = []
  #made = 0

  /** So that calls of a session without any are not even looked at. */
  get size(): number {
    return this.#active.length
  }

  add(override: Override, scenario?: string): ActiveOverride {
    const id = override.id ?? `o${++this.#made}`
    const entry = { override, id, used: 0, scenario }
    this.#active.unshift(entry)
    return shown(entry)
  }

  list(): ActiveOverride[] {
    return this.#active.map(shown)
  }

  clear(): void {
    this.#active.length = 0
  }

  /** The override that this call gets; counts as used. Undefined where none fits. */
  take(call: SteeredCall): Planned | undefined {
    const found = this.#active.find(
      ({ override, used }) =>
        (override.operationId ?? call.operationId) === call.operationId &&
        used < (override.times ?? Infinity),
    )
    if (!found) return undefined
    found.used++
    const { override, id } = found
    const delay = typeof override.delay === 'number' ? override.delay : 0
    return { overrideId: id, reason: `override ${id}`, step: override, delay, fault: override.fault }
  }
}

const shown = ({
  override,
  id,
  used,
  scenario,
}: {
  override: Override
  id: string
  used: number
  scenario: string | undefined
}): ActiveOverride => ({
  ...override,
  id,
  used,
  spent: used >= (override.times ?? Infinity),
  ...(scenario !== undefined && { scenario }),
})
