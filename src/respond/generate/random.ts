/** Numbers that look random and are the same for the same seed on every machine. */
export class Random {
  #state: number

  constructor(readonly seed: string) {
    this.#state = hash(seed)
  }

  /** A source of its own: what is drawn here changes nothing for the others. */
  fork(name: string | number): Random {
    return new Random(`${this.seed}/${name}`)
  }

  /** From 0 up to, but not, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.integer(0, items.length - 1)] ?? items[0]
  }

  /** As many characters of the alphabet. */
  text(length: number, alphabet: string): string {
    let text = ''
    for (let count = 0; count < length; count++) text += alphabet.charAt(this.integer(0, alphabet.length - 1))
    return text
  }
}

/** FNV-1a with a final mix, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return value ^ (value >>> 13)
}
