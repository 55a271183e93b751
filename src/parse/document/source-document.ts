import type { SourceLocation } from '../../operation/source.js'
import { wellFormed } from '../../operation/pointer.js'

/** Finds nodes in a text, by the tokens of a JSON pointer. Offsets count UTF-16 units. */
export interface Positions {
  /**
   * Where the fact at these tokens begins: at its key, where it has one. Tokens that the text does not
   * have are passed over, so that a node moved by an upgrade is found near the place it came from.
   */
  offset(tokens: readonly string[]): number
  /** The value at exactly these tokens as strict JSON, its numbers digit by digit as they are written. */
  json(tokens: readonly string[]): string | undefined
}

/** A file that was read: its value, which the upgrade may change, and the way back into its text. */
export class SourceDocument {
  #positions: Positions | undefined
  #lineStarts: Uint32Array | undefined
  readonly #open: () => Positions

  constructor(
    readonly path: string,
    readonly text: string,
    readonly value: unknown,
    open: () => Positions,
  ) {
    this.#open = open
    this.id = documentId(path)
  }

  /** `$id` under which the document stands in the description, see {@link documentId}. */
  readonly id: string

  locate(tokens: readonly string[]): SourceLocation {
    return this.locationOf(this.#opened().offset(tokens))
  }

  /** The JSON text of the value at exactly these tokens, or undefined where the text has none there. */
  exactJson(tokens: readonly string[]): string | undefined {
    return this.#opened().json(tokens)
  }

  locationOf(offset: number): SourceLocation {
    this.#lineStarts ??= lineStartsOf(this.text)
    return { file: this.path, line: lineAt(this.#lineStarts, offset) }
  }

  /** Lets go of everything that can be made again from the text. */
  release(): void {
    this.#positions = undefined
    this.#lineStarts = undefined
  }

  #opened(): Positions {
    this.#positions ??= this.#open()
    return this.#positions
  }
}

/**
 * An absolute URI of characters that no URI library writes in a second way: everything but letters, digits,
 * `.`, `_` and `-` stands as its UTF-8 bytes behind `@`. Folders that resolving a URI would swallow, and
 * the root of the file system, get names that no other segment can have.
 */
export function documentId(path: string): string {
  const segments = path.replaceAll('\\', '/').split('/')
  const special = new Map([
    ['..', '@up'],
    ['.', '@here'],
    ['', '@root'],
  ])
  return `standin:///${segments.map((segment) => special.get(segment) ?? encodeSegment(segment)).join('/')}`
}

const encodeSegment = (segment: string): string =>
  encodeURIComponent(wellFormed(segment))
    .replaceAll('%', '@')
    .replaceAll(/[!'()*~]/g, (char) => `@${char.charCodeAt(0).toString(16).toUpperCase()}`)

export function lineStartsOf(text: string): Uint32Array {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  const starts = new Uint32Array(lines)
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts[line++] = at + 1
  return starts
}

/** The line, from 1, of an offset: binary search for the last line that starts at or before it. */
export function lineAt(starts: Uint32Array, offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(low, 1)
}
