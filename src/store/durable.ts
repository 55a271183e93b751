import { type Layer, type Stack, merge } from './layer.js'

/**
 * What is durable of a session: a layer that is what its file holds, and above it what was changed
 * since, which only the journal holds. While the file is written, what it will hold stands still
 * and changes go to a layer above.
 */
export class Durable {
  /** From the top one down; the last is what the file holds. */
  #layers: Layer[]

  constructor(file: Layer) {
    this.#layers = [file]
  }

  get stack(): Stack {
    return this.#layers
  }

  /** Whether there is anything that the file does not hold. */
  get unsaved(): boolean {
    return this.#layers.slice(0, -1).some(({ root, changes }) => root !== undefined || changes.size > 0)
  }

  add(layer: Layer): void {
    const [top] = this.#layers
    if (top !== undefined) merge(top, layer)
  }

  /** From here on changes are kept apart from what is in the file, or is on its way there. */
  part(): void {
    this.#layers = [{ changes: new Map() }, ...this.#layers]
  }

  /** All but what was added since the last {@link part}. */
  get parted(): Stack {
    return this.#layers.slice(1)
  }

  /** The file holds all that was {@link parted}. */
  saved(): void {
    const file = this.#layers.at(-1)
    if (file === undefined) return
    for (const layer of this.#layers.slice(1, -1).toReversed()) merge(file, layer)
    this.#layers = [...this.#layers.slice(0, 1), file]
  }

  /** The file is what it was. */
  notSaved(): void {
    const [top, below, ...rest] = this.#layers
    if (top === undefined || below === undefined || rest.length === 0) return
    merge(below, top)
    this.#layers = [below, ...rest]
  }

  /** Takes over what somebody else made of the file; what was changed since it was written stays on top. */
  adopt(file: Layer): void {
    this.#layers = [...this.#layers.slice(0, -1), file]
  }
}
