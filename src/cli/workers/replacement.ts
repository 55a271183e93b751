/** Milliseconds. One that ends sooner after it has begun to serve would have another one end so, too. */
const AT_ONCE = 1000
/** Milliseconds before another one takes the place of one that has ended. */
const FIRST = 100
const LONGEST = 10_000
/** Those that may end at once, one after the other, before nothing more is tried. */
const MOST = 5

/** How soon another worker takes the place of one that has ended. */
export class Replacement {
  #inVain = 0

  /**
   * @param lived milliseconds for which it served; undefined where it never did
   * @param others whether any other one serves
   * @returns milliseconds to wait; undefined to give up, as nobody serves and nobody will
   */
  after(lived: number | undefined, others: boolean): number | undefined {
    if (lived !== undefined && lived >= AT_ONCE) this.#inVain = 0
    else this.#inVain++
    if (!others && this.#inVain > MOST) return undefined
    return Math.min(FIRST * 2 ** Math.max(0, this.#inVain - 1), LONGEST)
  }
}
