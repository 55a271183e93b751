import { pathParameters, pathShape } from '../../operation/path.js'
import { normalise } from '../pair/member-names.js'

/** Segments that stand before what a path is about: `/api/v2/pets`. */
const PREFIX = /^(api|rest|v\d+(\.\d+)*)$/i

const isText = (segment: string): boolean => segment !== '' && !segment.includes('{')

/** The names by which collections are kept, by their paths: the words of the path, without a prefix that says nothing. */
export function collectionNames(paths: readonly string[]): Map<string, string> {
  const names = new Map(paths.map((path) => [path, shortName(path)]))
  const times = new Map<string, number>()
  for (const name of names.values()) times.set(name, (times.get(name) ?? 0) + 1)
  for (const [path, name] of names) {
    // `/v1/pets` and `/v2/pets`, `/users/{id}/posts` and `/users/posts`: the whole path tells them apart.
    if ((times.get(name) ?? 0) > 1) names.set(path, wholeName(path))
  }
  return names
}

/** The words of a path, without a prefix that says nothing. */
export function shortName(path: string): string {
  const words = path.split('/').filter(isText)
  const first = words.findIndex((word) => !PREFIX.test(word))
  return words.slice(Math.max(0, first)).join('.')
}

const wholeName = (path: string): string =>
  pathShape(path).replaceAll('{}', '*').split('/').filter(Boolean).join('.')

/** As `pathParameters`, at less cost for the many paths that have none. */
export const parameterNames = (path: string): readonly string[] =>
  path.includes('{') ? pathParameters(path) : []

/** A path with all its parameters called alike. */
export const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}')

/** What a collection is a collection of, normalised: the last word of its path. */
export const nounOf = (path: string): string => normalise(path.split('/').findLast(isText) ?? '')

/** The path of the collection that an item's path belongs to: `/pets` of `/pets/{petId}`; undefined for other paths. */
export function collectionPath(path: string): string | undefined {
  const end = path.lastIndexOf('/')
  return end > 0 && /^\{[^{}/]+\}$/.test(path.slice(end + 1)) && /\/[^/{}]/.test(path.slice(0, end))
    ? path.slice(0, end)
    : undefined
}
