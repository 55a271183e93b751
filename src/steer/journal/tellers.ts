import type { ApiDescription } from '../../operation/description.js'
import { Teller } from './tell.js'

export interface TellerOptions {
  /** The docs as they are now. */
  readonly description: () => ApiDescription
  /** JSON pointers of what is secret beyond what is so by its name. */
  readonly redact?: readonly string[] | undefined
}

/** Tells of calls in the terms of the docs as they are now. */
export class Tellers {
  readonly #options: TellerOptions
  #teller: Teller | undefined

  constructor(options: TellerOptions) {
    this.#options = options
  }

  get current(): Teller {
    const description = this.#options.description()
    if (this.#teller?.description !== description) {
      this.#teller = new Teller(description, this.#options.redact ?? [])
    }
    return this.#teller
  }
}
