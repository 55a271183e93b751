import type { Finding } from '../../operation/finding.js'
import { type Place, sourceOf } from '../document/place.js'
import type { Report } from '../document/report.js'

interface Reported {
  /** The step of the reading that it belongs to. */
  readonly step: number
  readonly finding: () => Finding
}

/**
 * What is wrong with one description. Parts of it may be read late and in any order; what they report
 * stands where it would stand if all were read from top to bottom, and is located when it is asked for.
 */
export class Reports {
  readonly #byPlace = new Map<string, Reported>()
  readonly #others: { readonly step: number; readonly findings: () => readonly Finding[] }[] = []
  #step = 0
  #last = 0

  /** Each place is named once for each rule. */
  readonly report: Report = (rule, severity, message, place) => {
    const key = `${rule} ${place.document.path} ${place.pointer}`
    const known = this.#byPlace.get(key)
    if (known !== undefined && known.step <= this.#step) return
    // Behind whatever this step has reported before.
    this.#byPlace.delete(key)
    this.#byPlace.set(key, { step: this.#step, finding: () => findingAt(rule, severity, message, place) })
  }

  /** Takes in findings that are made when they are asked for. */
  readonly add = (findings: () => readonly Finding[]): void => {
    this.#others.push({ step: ++this.#last, findings })
    this.#step = ++this.#last
  }

  /** A step of the reading that is taken later, see {@link during}; what is reported from now on comes after it. */
  reserve(): number {
    const step = ++this.#last
    this.#step = ++this.#last
    return step
  }

  /** What `read` reports belongs to a step that was reserved. */
  during<Result>(step: number, read: () => Result): Result {
    const before = this.#step
    this.#step = step
    try {
      return read()
    } finally {
      this.#step = before
    }
  }

  list(): Finding[] {
    const reported = [...this.#byPlace.values()].map(({ step, finding }) => ({
      step,
      findings: () => [finding()],
    }))
    return [...this.#others, ...reported]
      .toSorted((a, b) => a.step - b.step)
      .flatMap(({ findings }) => findings())
  }
}

const findingAt = (rule: string, severity: Finding['severity'], message: string, place: Place): Finding => ({
  rule,
  severity,
  message,
  source: sourceOf(place),
})
