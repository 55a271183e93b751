import type { SourceLocation } from '../operation/source.js'

/** Turns offsets of a text into places of the file that the text stands in. */
export class Locator {
  readonly #lineStarts: number[] = [0]
  readonly #at: SourceLocation

  /** `at` is the place of the first line of `text`. */
  constructor(text: string, at: SourceLocation) {
    this.#at = at
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1))
      this.#lineStarts.push(end + 1)
  }

  locate(offset: number): SourceLocation {
    let low = 0
    let high = this.#lineStarts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { file: this.#at.file, line: this.#at.line + low }
  }
}
