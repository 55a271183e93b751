/** No value was found for a schema. `path` is the JSON Pointer of the member that failed. */
export class Unsatisfiable extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path || 'the body'}: ${reason}`)
  }
}

/** The search took too long; it ends at once, whatever is tried. */
export class Exhausted extends Unsatisfiable {}
