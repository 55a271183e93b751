/** What is wrong with something that a person or a test has set, and where in it. */
export class Refused extends Error {
  /** JSON pointer (RFC 6901) to the member; `''` is the whole. */
  readonly pointer: string
  /** `unknown`: it names something that is not there; `taken`, `full`: what is there already is in the way; `begun`: a session began otherwise. */
  readonly kind: 'invalid' | 'unknown' | 'taken' | 'begun' | 'full' | 'stateless'

  constructor(pointer: string, message: string, kind: Refused['kind'] = 'invalid') {
    super(message)
    this.pointer = pointer
    this.kind = kind
  }

  /** The same, said of something in which this is a part. */
  within(pointer: string): Refused {
    return new Refused(`${pointer}${this.pointer}`, this.message, this.kind)
  }
}

/** Does something of which a refusal is told as of the part at a JSON pointer. */
export async function saidOf<Result>(pointer: string, act: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    throw error instanceof Refused ? error.within(pointer) : error
  }
}
