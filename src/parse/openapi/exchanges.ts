import { type Exchange, ONLY_EXAMPLE, type Response } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { at, members, type Place, textMember } from '../document/place.js'
import { plainText } from './example-text.js'
import { deref, type Reading } from './reading.js'

/** Examples of path and query parameters, by the name of the example, then by `path id`. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Requests that parameters show together with replies: by examples of the same name, as OpenAPI has no other
 * way to say which belong together.
 */
export function readExchanges(
  reading: Reading,
  parameters: readonly Place[],
  path: string,
  responses: readonly Response[],
): Exchange[] {
  const shown = shownBy(reading, parameters)
  if (shown.size === 0) return []
  const names = pathParameters(path)
  return responses.flatMap(({ status, content }) =>
    content.flatMap(({ examples }) =>
      examples.flatMap(({ name, source }): Exchange[] => {
        const values = name === ONLY_EXAMPLE ? undefined : shown.get(name)
        if (values === undefined) return []
        return [
          {
            path: names.map((parameter) => values.get(`path ${parameter}`) ?? null),
            query: Object.fromEntries(
              Array.from(values).flatMap(([key, value]) =>
                key.startsWith('query ') ? [[key.slice('query '.length), value]] : [],
              ),
            ),
            status,
            example: source,
            name,
          },
        ]
      }),
    ),
  )
}

function shownBy(reading: Reading, parameters: readonly Place[]): Shown {
  const shown = new Map<string, Map<string, string>>()
  for (const parameter of parameters) {
    const where = textMember(parameter.value, 'in')
    const name = textMember(parameter.value, 'name')
    if (where !== 'path' && where !== 'query') continue
    for (const { key, place } of members(at(parameter, 'examples'))) {
      const example = deref(reading, place)
      const value = example && at(example, 'value')
      if (value === undefined || typeof value.value === 'object' || value.value === undefined) continue
      const values = shown.get(key) ?? new Map<string, string>()
      shown.set(key, values.set(`${where} ${name}`, plainText(value)))
    }
  }
  return shown
}
