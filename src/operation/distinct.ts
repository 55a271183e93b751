/** The first value of each key, in order. */
export function distinct<Value>(values: readonly Value[], key: (value: Value) => string): Value[] {
  return grouped(values, key).flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** The values of each key together, keys in the order of their first value. */
export function grouped<Value>(values: readonly Value[], key: (value: Value) => string): Value[][] {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(key(value))
    if (group === undefined) groups.set(key(value), [value])
    else group.push(value)
  }
  return [...groups.values()]
}
