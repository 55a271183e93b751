import { type Contents, contentsOf } from './document.js'
import { contentsText } from './state-file.js'
import type { Seed } from './store.js'

/** The seed as contents that all sessions share, until it gives something else. */
export class SeedContents {
  readonly #seed: Seed
  current: Contents

  private constructor(seed: Seed, current: Contents) {
    this.#seed = seed
    this.current = current
  }

  static async of(seed: Seed): Promise<SeedContents> {
    return new SeedContents(seed, contentsOf(await seed()))
  }

  /** Asks again. The contents stay the same object where they are equal, so that sessions go on sharing them. */
  async refresh(): Promise<Contents> {
    const fresh = contentsOf(await this.#seed())
    if (contentsText(fresh) !== contentsText(this.current)) this.current = fresh
    return this.current
  }
}
