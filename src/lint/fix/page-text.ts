import type { TextEdit } from '../../parse/text-edit.js'
import type { Fix } from './fix.js'

/**
 * A file's text as readers see it, with `\n` for every line break, and the way back: edits of it
 * are carried out on the text as it is, so that line breaks, a byte order mark and everything that
 * no edit touches stay as they are.
 */
export class PageText {
  readonly text: string
  readonly #raw: string
  /** Offsets in the raw text of the carriage returns of `\r\n`. */
  readonly #returns: number[] = []

  constructor(raw: string) {
    this.#raw = raw
    for (let at = raw.indexOf('\r\n'); at !== -1; at = raw.indexOf('\r\n', at + 2)) this.#returns.push(at)
    this.text = raw.replace(/\r\n?/g, '\n')
  }

  /**
   * The raw text with those fixes that do not touch an earlier one of the list; how many they were.
   * What two fixes both touch is left to the next round.
   */
  apply(fixes: readonly Fix[]): { text: string; applied: number } {
    const accepted: TextEdit[] = []
    const taken = new Taken()
    let applied = 0
    for (const { edits } of fixes) {
      if (edits.length === 0 || edits.some((edit) => taken.touches(edit))) continue
      for (const edit of edits) {
        accepted.push(edit)
        taken.add(edit)
      }
      applied++
    }
    let text = ''
    let at = 0
    for (const edit of accepted.toSorted((a, b) => a.start - b.start)) {
      const start = this.#toRaw(edit.start)
      text += this.#raw.slice(at, start) + edit.text.replaceAll('\n', this.#breakNear(edit.start))
      at = this.#toRaw(edit.end)
    }
    return { text: text + this.#raw.slice(at), applied }
  }

  /** An offset that is a line break stands for the whole of `\r\n`. */
  #toRaw(offset: number): number {
    let low = 0
    let high = this.#returns.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#returns[middle] ?? 0) - middle < offset) low = middle + 1
      else high = middle
    }
    return offset + low
  }

  #breakNear(offset: number): string {
    const raw = this.#toRaw(offset)
    const after = /\r\n?|\n/g
    after.lastIndex = raw
    const found = after.exec(this.#raw)?.[0]
    return found ?? (this.#returns.length > 0 ? '\r\n' : '\n')
  }
}

/** Edits by the stretches of text that they lie in, so that only near ones are compared. */
class Taken {
  readonly #near = new Map<number, TextEdit[]>()

  touches(edit: TextEdit): boolean {
    for (const stretch of stretches(edit))
      if (this.#near.get(stretch)?.some((other) => touch(edit, other))) return true
    return false
  }

  add(edit: TextEdit): void {
    for (const stretch of stretches(edit)) {
      const known = this.#near.get(stretch)
      if (known === undefined) this.#near.set(stretch, [edit])
      else known.push(edit)
    }
  }
}

function* stretches({ start, end }: TextEdit): Generator<number> {
  for (let stretch = start >> 8; stretch <= end >> 8; stretch++) yield stretch
}

const touch = (a: TextEdit, b: TextEdit): boolean => a.start <= b.end && b.start <= a.end
