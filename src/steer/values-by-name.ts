/** The pairs of a query or a form by name; a name that is given several times has a list. */
export function valuesByName(pairs: URLSearchParams): Record<string, string | string[]> {
  const entries = [...new Set(pairs.keys())].map((name): [string, string | string[]] => {
    const all = pairs.getAll(name)
    return [name, all.length === 1 ? (all[0] ?? '') : all]
  })
  return Object.fromEntries(entries)
}
