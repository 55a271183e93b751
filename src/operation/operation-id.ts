/**
 * A name for an operation whose description gives none: method and path as one camel-case word,
 * `getUsersById` for `GET /users/{id}`.
 */
export function operationIdOf(method: string, path: string): string {
  const words = path
    .split('/')
    .flatMap((segment) => (segment.startsWith('{') ? ['by', ...wordsOf(segment)] : wordsOf(segment)))
  return [method.toLowerCase(), ...words.map(capitalised)].join('')
}

/** A name that is not taken yet: itself, or with the first free number behind it. Takes it. */
export function uniqueName(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`
  taken.add(free)
  return free
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
