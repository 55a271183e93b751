/** Shapes of names that are data (ids, dates, addresses) and not the names of members. */
const DISTINCT = [
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^\d{4}-\d\d(?:-\d\d(?:[T ].*)?)?$/,
  /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/,
  /^0x[0-9a-f]{6,}$/i,
  /^[0-9a-f]{24,}$/i,
  /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i,
  /^https?:\/\//i,
]
/** Shapes that mean something only where several names have them. */
const REPEATED = [/^\d+$/, /^(?=.*\d)(?=.*[a-z])[a-z\d]{16,}$/i, /^[A-Za-z]{1,5}[-_]?\d{3,}$/]

/** Whether names are data, so that an object is a map from such names and not one with these members. */
export function areData(names: readonly string[]): boolean {
  if (names.length === 0) return false
  const all = (shape: RegExp): boolean => names.every((name) => shape.test(name))
  return DISTINCT.some(all) || (names.length > 1 && REPEATED.some(all))
}
