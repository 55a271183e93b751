/** Lines of a text by offset. Lines count from 1; building it is linear, a look-up logarithmic. */
export class LineIndex {
  readonly #starts: number[] = [0]

  constructor(private readonly text: string) {
    for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1)
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  /** Offset of the line break that ends the line at `offset`, or of the text's end. */
  endOfLine(offset: number): number {
    const next = this.#starts[this.lineAt(offset)]
    return next === undefined ? this.text.length : next - 1
  }
}
