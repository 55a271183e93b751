/** Words that cannot name a constant in a module (ECMA-262 section 12.7.2), or that would hide what a module uses. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package ' +
    'private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield NaN Infinity any bigint boolean never number object string symbol unknown Record Static Type'
  ).split(' '),
)

/** Longer names would not leave room for anything else on a line. */
const MAX_LENGTH = 45

/** Hands out identifiers, each only once. */
export class Names {
  readonly #taken: Set<string>

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  /**
   * The identifier for a text, in camel case, or in pascal case for types. One that is reserved or taken
   * gets `suffix`, unless it has it anyway, and then a number.
   */
  take(text: string, suffix = '', always = false): string {
    const numbered = text.slice(0, MAX_LENGTH) + suffix
    const wanted = always ? numbered : text.slice(0, MAX_LENGTH)
    let free = this.#isFree(wanted) ? wanted : numbered
    for (let number = 2; !this.#isFree(free); number++) free = `${numbered}${number}`
    this.#taken.add(free)
    return free
  }

  #isFree(name: string): boolean {
    return !RESERVED.has(name) && !this.#taken.has(name)
  }
}

/** `resetPin` of `Reset PIN`, `reset-pin`, `resetPin`; `fallback` where no letter is left. */
export function camelCase(text: string, fallback: string): string {
  const [first = fallback, ...rest] = wordsOf(text)
  const start = first.charAt(0).toLowerCase() + first.slice(1)
  const name = start + rest.map(capitalised).join('')
  return /^\p{N}/u.test(name) ? `_${name}` : name
}

export const pascalCase = (text: string, fallback: string): string =>
  capitalised(camelCase(text, fallback).replace(/^_/, '_'))

/** `reset-pin` of `resetPin`, `Reset PIN`; for names of files. Only a-z, 0-9 and `-`. */
export const kebabCase = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MAX_LENGTH)

const wordsOf = (text: string): string[] => text.match(/[\p{ID_Continue}$]+/gu)?.filter(isWord) ?? []
/** A word made of marks alone is none. */
const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word)

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
