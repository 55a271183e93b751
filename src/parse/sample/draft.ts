import type { RepairKind } from './kinds.js'

/** Why a text cannot be read as JSON with confidence, and where. Caught inside the sample reader. */
export class Unreadable extends Error {
  readonly offset: number

  constructor(offset: number, reason: string) {
    super(reason)
    this.offset = offset
  }
}

interface Edit {
  start: number
  end: number
  text: string
}

export interface Note {
  kind: RepairKind
  offset: number
}

/**
 * The mending of one text, as edits of it. What no edit touches stays as written, so digits,
 * layout and the order of members need no care, and a text without edits is byte for byte itself.
 */
export class Draft {
  readonly source: string
  readonly notes: Note[] = []
  /** Ends of lines on which no quote can end a string any more, so that no line is searched over and over. */
  readonly withoutCloser = new Map<string, number>()
  readonly #edits: Edit[] = []
  readonly #byStart = new Map<number, Edit>()

  constructor(source: string) {
    this.source = source
  }

  /** A second edit of the same range takes the place of the first. */
  replace(start: number, end: number, text: string, kind: RepairKind): void {
    const earlier = end > start ? this.#byStart.get(start) : undefined
    if (earlier?.end === end) earlier.text = text
    else {
      const edit = { start, end, text }
      this.#edits.push(edit)
      if (end > start) this.#byStart.set(start, edit)
    }
    this.note(kind, start)
  }

  insert(offset: number, text: string, kind: RepairKind): void {
    this.replace(offset, offset, text, kind)
  }

  drop(start: number, end: number, kind: RepairKind): void {
    this.replace(start, end, '', kind)
  }

  note(kind: RepairKind, offset: number): void {
    this.notes.push({ kind, offset })
  }

  /** The mended text of a range. Lines that an edit has left empty are left out. */
  between(start: number, end: number): string {
    const edits = this.#edits
      .filter((edit) => edit.start >= start && edit.end <= end)
      .toSorted((a, b) => a.start - b.start || a.end - b.end)
    if (edits.length === 0) return this.source.slice(start, end)
    let out = ''
    let at = start
    for (const edit of edits) {
      out += this.source.slice(at, edit.start) + edit.text
      at = edit.end
    }
    out += this.source.slice(at, end)
    // A string of JSON holds no raw line break, so this touches white space between tokens only.
    const lines = out.split('\n').map((line) => line.trimEnd())
    return lines.filter((line) => line !== '').join('\n')
  }
}
