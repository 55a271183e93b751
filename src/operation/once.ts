/** A value that is made when it is first asked for, and kept. What makes it is then let go of. */
export function once<Value>(make: () => Value): () => Value {
  let pending: (() => Value) | undefined = make
  let made: { readonly value: Value } | undefined
  return () => {
    if (made === undefined && pending !== undefined) {
      made = { value: pending() }
      pending = undefined
    }
    if (made === undefined) throw new Error('A value is asked for while it is made')
    return made.value
  }
}
