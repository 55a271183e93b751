import type { Operation } from '../../operation/operation.js'

/** Case and separators do not tell names apart: `userId`, `user_id` and `user-id` are one. */
export const normalise = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/**
 * For each path parameter, the normalised names under which a body may show it, the surest first:
 * its own; for an identifier also that of the collection before it (`/users/{id}` is a `userId`);
 * and `id` itself where it is the last, since the body is then of that thing.
 */
export function pathMemberNames(path: string): Map<string, string[]> {
  const segments = path.split('/')
  const found = new Map<string, string[]>()
  const parameters = segments.flatMap((segment, index) => {
    const match = /^\{([^{}]+)\}/.exec(segment)
    return match?.[1] === undefined ? [] : [{ name: match[1], collection: segments[index - 1] ?? '' }]
  })
  for (const [index, { name, collection }] of parameters.entries()) {
    const own = normalise(name)
    const isLast = index === parameters.length - 1
    const names = new Set<string>()
    if (own !== 'id' || isLast) names.add(own)
    if (own.endsWith('id')) {
      names.add(`${singular(normalise(collection))}id`)
      if (isLast) names.add('id')
    }
    found.set(name, [...names])
  }
  return found
}

/** The singular of an English plural, by its ending: `pets`, `boxes`, `stories`; itself for what is none. */
export const singular = (word: string): string => {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return /(ss|us|is)$/.test(word) ? word : word.replace(/(?<=(ch|sh|x|z|s))es$|s$/, '')
}

/** Query parameters are shown under their own names only. */
export const queryMemberNames = (operation: Operation): Map<string, string[]> =>
  new Map(
    operation.parameters.flatMap((parameter) =>
      parameter.in === 'query' ? [[parameter.name, [normalise(parameter.name)]]] : [],
    ),
  )
