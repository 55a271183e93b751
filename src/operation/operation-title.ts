import { operationIdOf } from './operation-id.js'

/** A readable camelCase id: the title's words where it is short and in Latin letters, else method and path. */
export function titledOperationId(title: string | undefined, method: string, path: string): string {
  if (title === undefined || !/^[\x20-\x7E\u2018-\u201D]{1,80}$/.test(title))
    return operationIdOf(method, path)
  const words = wordsOf(title).filter((word, i, all) => i === 0 || i < all.length - 1 || !/^api$/i.test(word))
  const [first] = words
  if (first === undefined || words.length > 8 || !/^[A-Za-z]/.test(first)) return operationIdOf(method, path)
  return words.map((word, i) => (i === 0 ? lower(word) : capitalised(word))).join('')
}

/** `setPIN` is two words, and so is `v2Users`. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/['\u2018\u2019]/g, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .match(/[A-Za-z\d]+/g) ?? []

const lower = (word: string): string => word.toLowerCase()
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
