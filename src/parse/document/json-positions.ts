import { JsonIndex } from './json-index.js'
import type { Positions } from './source-document.js'

export class JsonPositions implements Positions {
  readonly #index: JsonIndex

  constructor(text: string) {
    this.#index = new JsonIndex(text)
  }

  offset(tokens: readonly string[]): number {
    let row = 0
    for (const token of tokens) row = this.#index.child(row, token) ?? row
    return this.#index.start(row)
  }

  json(tokens: readonly string[]): string | undefined {
    let row: number | undefined = 0
    for (const token of tokens) {
      row = this.#index.child(row, token)
      if (row === undefined) return undefined
    }
    return withoutSpace(this.#index.slice(row))
  }

  /** Repeated keys; `memberCount` is the number of members that the parsed value has. */
  repeatedKeys(memberCount: number): { key: string; offset: number }[] {
    return this.#index.memberCount === memberCount ? [] : [...this.#index.repeatedKeys()]
  }
}

/** JSON text without the space between its tokens. Strings and numbers stay as they are. */
const withoutSpace = (json: string): string =>
  json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_match, string: string | undefined) => string ?? '')
