/** Puts values behind others. Unlike `push(...values)` it holds for any number: arguments go on the stack. */
export function append<Value>(target: Value[], values: Iterable<Value>): void {
  for (const value of values) target.push(value)
}
