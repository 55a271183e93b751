import { ITEM, type Step } from './field-tree.js'
import { isLosslessNumber } from './json.js'

const DEEPEST = 16

/** Where a member name stands in samples: its one place below the top, or none where it has several. */
export class SampleIndex {
  readonly #top = new Set<string>()
  readonly #nested = new Map<string, { key: string; steps: Step[] }>()
  readonly #ambiguous = new Set<string>()

  constructor(samples: readonly unknown[]) {
    const pending: { value: unknown; steps: Step[]; key: string }[] = samples.map((value) => ({
      value,
      steps: [],
      key: '',
    }))
    for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
      const { value, steps, key } = work
      if (typeof value !== 'object' || value === null || isLosslessNumber(value) || steps.length > DEEPEST)
        continue
      if (Array.isArray(value)) {
        for (const item of value) pending.push({ value: item, steps: [...steps, ITEM], key: `${key}[]` })
        continue
      }
      for (const [name, member] of Object.entries(value)) {
        const path = { steps: [...steps, name], key: `${key}.${name}` }
        this.#add(name, path)
        pending.push({ value: member, ...path })
      }
    }
  }

  #add(name: string, path: { key: string; steps: Step[] }): void {
    if (
      path.steps.every((step) => step === ITEM || step === name) &&
      path.steps.filter((step) => step !== ITEM).length === 1
    )
      this.#top.add(name)
    const known = this.#nested.get(name)
    if (known !== undefined && known.key !== path.key) this.#ambiguous.add(name)
    this.#nested.set(name, path)
  }

  /** Whether some sample, or an item of it, has this very member. */
  hasAtTop(name: string): boolean {
    return this.#top.has(name)
  }

  placeOf(name: string): Step[] | undefined {
    return this.#ambiguous.has(name) ? undefined : this.#nested.get(name)?.steps
  }
}
