import type { TextEdit } from '../../parse/text-edit.js'

/** What mends one finding, known by its rule and line. */
export interface Fix {
  readonly rule: string
  readonly line: number
  /** Offsets of the page with `\n` as its only line break. None overlap. */
  readonly edits: readonly TextEdit[]
}
