const LATE = Symbol('late')

/** Reads members of an object when they are asked for, and keeps them. */
export type LateReader<Whole> = { readonly [Name in keyof Whole]?: Whole[Name] | undefined }

/**
 * Gives an object the members that it lacks, of which `names` are read by `reader` when they are asked for.
 * To whoever uses the object they are members like others: they are listed, compared and copied, and
 * copying them reads them; see {@link altered} for a copy that does not.
 */
export function addLate<Whole extends object>(
  own: Partial<Whole>,
  reader: LateReader<Whole>,
  names: readonly (keyof Whole & string)[],
): asserts own is Whole {
  Object.defineProperty(own, LATE, { value: reader, configurable: true })
  for (const name of names) Object.defineProperty(own, name, descriptorOf(name))
}

/** A copy with other values for some members. What is still to be read stays so. */
export function altered<Value extends object>(value: Value, changes: Partial<Value>): Value {
  const copy: Partial<Value> = {}
  define<Value>(copy, value, changes)
  return copy
}

function define<Whole extends object>(
  own: Partial<Whole>,
  ...all: readonly [Whole, ...Partial<Whole>[]]
): asserts own is Whole {
  for (const members of all) Object.defineProperties(own, Object.getOwnPropertyDescriptors(members))
}

/** The same function for all objects that have such a member, so that the engine takes them for alike. */
const descriptors = new Map<string, PropertyDescriptor>()

function descriptorOf(name: string): PropertyDescriptor {
  let known = descriptors.get(name)
  if (known === undefined) {
    known = {
      get(this: { readonly [LATE]: Readonly<Record<string, unknown>> }) {
        return this[LATE][name]
      },
      enumerable: true,
      configurable: true,
    }
    descriptors.set(name, known)
  }
  return known
}
