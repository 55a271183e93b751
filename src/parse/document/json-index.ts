const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const BACKSLASH = 92
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125
const BYTE_ORDER_MARK = 0xfeff

/** Up to so many members are looked through; of more, a map is kept. */
const FEW = 24

/**
 * Where each value of a JSON text starts, found by one scan: a table in document order with, for each
 * value, its offset, the offset of its key and the row after its last descendant. Twelve bytes a value,
 * so that a document of 13 MB is indexed in a fraction of the time and memory that a tree would take.
 * The text must be valid JSON.
 */
export class JsonIndex {
  readonly #text: string
  #offsets = new Uint32Array(1024)
  #keys = new Uint32Array(1024)
  #next = new Uint32Array(1024)
  #count = 0
  /** Rows by key, for containers that were looked into. */
  readonly #members = new Map<number, Map<string, number>>()

  constructor(text: string) {
    this.#text = text
    this.#scan()
  }

  /** The row of a member or element, the last where a key is repeated; undefined where there is none. */
  child(row: number, token: string): number | undefined {
    const known = this.#members.get(row)
    if (known !== undefined) return known.get(token)
    if (this.#text.charCodeAt(this.#offset(row)) === OPEN_OBJECT) {
      const end = this.#end(row)
      let found: number | undefined
      let looked = 0
      for (let child = row + 1; child < end && looked <= FEW; child = this.#end(child), looked++) {
        const key = (this.#keys[child] ?? 0) + 1
        const isKey = this.#text.startsWith(token, key) && this.#text.charCodeAt(key + token.length) === QUOTE
        if (isKey && !token.includes('\\')) found = child
      }
      if (found !== undefined && looked <= FEW) return found
    }
    // Many members, or a key that the text writes with escapes.
    const members = new Map(this.children(row).map(({ key, row }) => [key, row]))
    this.#members.set(row, members)
    return members.get(token)
  }

  /** Members in the order of the text, repeated keys included. */
  children(row: number): { key: string; row: number }[] {
    const found: { key: string; row: number }[] = []
    const isArray = this.#text.charCodeAt(this.#offset(row)) === OPEN_ARRAY
    for (let child = row + 1; child < this.#end(row); child = this.#end(child)) {
      found.push({ key: isArray ? String(found.length) : this.#key(child), row: child })
    }
    return found
  }

  /** Offset of the key where there is one, else of the value. */
  start(row: number): number {
    const key = this.#keys[row] ?? 0
    return key === 0 ? this.#offset(row) : key
  }

  /** The exact text of a value. */
  slice(row: number): string {
    const start = this.#offset(row)
    const first = this.#text.charCodeAt(start)
    if (first === QUOTE) return this.#text.slice(start, closingQuote(this.#text, start) + 1)
    if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
      let end = start
      while (!ends(this.#text.charCodeAt(end))) end++
      return this.#text.slice(start, end)
    }
    let depth = 0
    for (let at = start; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at)
      if (char === QUOTE) at = closingQuote(this.#text, at)
      else if (char === OPEN_OBJECT || char === OPEN_ARRAY) depth++
      else if ((char === CLOSE_OBJECT || char === CLOSE_ARRAY) && --depth === 0) {
        return this.#text.slice(start, at + 1)
      }
    }
    return this.#text.slice(start)
  }

  /** How many members the objects of the text have together, repeated keys included. */
  get memberCount(): number {
    let members = 0
    for (let row = 0; row < this.#count; row++) if (this.#keys[row] !== 0) members++
    return members
  }

  /** Offsets of keys that stand a second time in their object. */
  *repeatedKeys(): Generator<{ key: string; offset: number }> {
    for (let row = 0; row < this.#count; row++) {
      if (this.#text.charCodeAt(this.#offset(row)) !== OPEN_OBJECT) continue
      const seen = new Set<string>()
      for (const child of this.children(row)) {
        if (seen.has(child.key)) yield { key: child.key, offset: this.start(child.row) }
        seen.add(child.key)
      }
    }
  }

  #offset(row: number): number {
    return this.#offsets[row] ?? 0
  }

  #end(row: number): number {
    return this.#next[row] ?? this.#count
  }

  #key(row: number): string {
    const start = this.#keys[row] ?? 0
    const key: unknown = JSON.parse(this.#text.slice(start, closingQuote(this.#text, start) + 1))
    return String(key)
  }

  #add(offset: number, key: number): void {
    if (this.#count === this.#offsets.length) {
      this.#offsets = grown(this.#offsets)
      this.#keys = grown(this.#keys)
      this.#next = grown(this.#next)
    }
    this.#offsets[this.#count] = offset
    this.#keys[this.#count] = key
    this.#next[this.#count] = this.#count + 1
    this.#count++
  }

  #scan(): void {
    const text = this.#text
    const open: number[] = []
    let inObject = false
    let key = 0
    let expectKey = false
    for (let at = 0; at < text.length; at++) {
      const char = text.charCodeAt(at)
      if (char <= 32 || char === COLON || char === BYTE_ORDER_MARK) continue
      if (char === COMMA) {
        expectKey = inObject
      } else if (char === CLOSE_OBJECT || char === CLOSE_ARRAY) {
        this.#next[open.pop() ?? 0] = this.#count
        const parent = open.at(-1)
        expectKey = false
        inObject = parent !== undefined && text.charCodeAt(this.#offset(parent)) === OPEN_OBJECT
      } else if (expectKey) {
        key = at
        at = closingQuote(text, at)
        expectKey = false
      } else {
        this.#add(at, key)
        key = 0
        if (char === OPEN_OBJECT || char === OPEN_ARRAY) {
          open.push(this.#count - 1)
          inObject = expectKey = char === OPEN_OBJECT
        } else if (char === QUOTE) at = closingQuote(text, at)
        else while (!ends(text.charCodeAt(at + 1))) at++
      }
    }
  }
}

/** The offset of the quote that closes the string opened at `start`. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

/** Whether a number or a word ends before this character; NaN is the end of the text. */
const ends = (char: number): boolean =>
  !(char > 32) || char === COMMA || char === CLOSE_ARRAY || char === CLOSE_OBJECT

function grown(table: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(table.length * 2)
  larger.set(table)
  return larger
}
