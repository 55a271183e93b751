/** Words of a person made into a key: `Without X-API-TOKEN` -> `without-x-api-token`. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** Gives each text once, with a number behind those that come again. */
export function uniqueTexts(separator: string): (text: string) => string {
  const counts = new Map<string, number>()
  return (text) => {
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    return count === 1 ? text : `${text}${separator}${count}`
  }
}

/** Order by code units, the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
