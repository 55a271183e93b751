/** Keeps a copy of bytes that pass, up to a bound, and tells whether it has them all. */
export class Capture {
  readonly #limit: number
  #chunks: Uint8Array[] = []
  #length = 0
  #ended = false

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Everything that has passed; undefined while more may come, and where it was more than the bound. */
  get whole(): Uint8Array | undefined {
    return this.#ended && !this.overflown ? Buffer.concat(this.#chunks) : undefined
  }

  get overflown(): boolean {
    return this.#length > this.#limit
  }

  get ended(): boolean {
    return this.#ended
  }

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#length += chunk.byteLength
      if (this.overflown) this.#chunks = []
      else this.#chunks.push(chunk)
      yield chunk
    }
    this.#ended = true
  }
}

/** The beginning of a body that was read, and the rest of it where it was longer than the bound. */
export interface Held {
  readonly chunks: readonly Uint8Array[]
  /** Undefined when the chunks are all of it. */
  readonly rest: AsyncIterator<Uint8Array> | undefined
}

/** Reads a body to its end, or until it is known to be longer than the bound. */
export async function hold(source: AsyncIterable<Uint8Array>, limit: number): Promise<Held> {
  const iterator = source[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  for (let length = 0; length <= limit;) {
    const { done, value } = await iterator.next()
    if (done === true) return { chunks, rest: undefined }
    chunks.push(value)
    length += value.byteLength
  }
  return { chunks, rest: iterator }
}

/** The whole of a body of which the beginning was read. Whoever stops reading leaves the rest to the next reader. */
export function whole({ chunks, rest }: Held): AsyncIterable<Uint8Array> {
  const begun = chunks.values()
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const first = begun.next()
    if (first.done !== true) return first
    return rest ? rest.next() : { done: true, value: undefined }
  }
  return { [Symbol.asyncIterator]: () => ({ next }) }
}
