import { type Contents, contentsOf } from './document.js'
import { contentsText } from './state-file.js'
import type { Seed, Store } from './store.js'

/** The seed as contents that all sessions share, until it gives something else. */
export class SeedContents {
  readonly #seed: () => ReturnType<Seed>
  current: Contents

  private constructor(seed: () => ReturnType<Seed>, current: Contents) {
    this.#seed = seed
    this.current = current
  }

  static async of(seed: Seed, secret: Store['secret']): Promise<SeedContents> {
    return new SeedContents(() => seed(secret), contentsOf(await seed(secret)))
  }

  /** Asks again. The contents stay the same object where they are equal, so that sessions go on sharing them. */
  async refresh(): Promise<Contents> {
    const fresh = contentsOf(await this.#seed())
    if (contentsText(fresh) !== contentsText(this.current)) this.current = fresh
    return this.current
  }
}
