import { decoded } from '../../operation/decoded.js'
import type { Exchange } from '../../operation/operation.js'
import { pathParts, pathShape } from '../../operation/path.js'
import { at, elements, member, type Place, textMember } from '../document/place.js'
import { readUrl, valueText } from './url.js'
import type { Variables } from './variables.js'

/**
 * Path and query of a saved request to the operation at `template`, by what tells it from others: its own
 * values, not those that it leaves to a variable. Undefined where it went elsewhere.
 */
export function readShown(
  url: Place,
  template: string,
  variables: Variables,
): Pick<Exchange, 'path' | 'query'> | undefined {
  if (url.value === undefined) return undefined
  const { path, parameters } = readUrl(url, variables)
  const values = valuesAt(path, template)
  if (values === undefined) return undefined
  const rows = elements(at(url, 'variable'))
  const valueOf = (name: string): string | undefined =>
    valueText(rows.find(({ value }) => nameOf(value) === name)?.value, variables)
  // Rows that are turned off are documented, but were not sent.
  const off = elements(at(url, 'query')).filter(({ value }) => member(value, 'disabled') === true)
  const unsent = new Set(off.map(({ value }) => nameOf(value)))
  const query = parameters.flatMap((one) =>
    one.in === 'query' && one.example !== undefined && !unsent.has(one.name)
      ? [[one.name, one.example] as const]
      : [],
  )
  return {
    path: values.map((value) => ('text' in value ? decoded(value.text) : (valueOf(value.parameter) ?? null))),
    query: Object.fromEntries(query),
  }
}

const nameOf = (row: unknown): string | undefined => textMember(row, 'key') ?? textMember(row, 'id')

type Value = { readonly text: string } | { readonly parameter: string }

/** What stands in a path where a template has its parameters, segment by segment. */
function valuesAt(path: string, template: string): Value[] | undefined {
  const own = path.split('/')
  const segments = template.split('/')
  if (own.length !== segments.length) return undefined
  const values: Value[] = []
  for (const [index, segment] of segments.entries()) {
    const written = own[index] ?? ''
    const parts = pathParts(segment)
    const isSame = pathShape(written) === pathShape(segment)
    if (isSame) values.push(...pathParts(written).filter((part) => 'parameter' in part))
    else if (parts.length === 1 && 'parameter' in (parts[0] ?? {})) values.push({ text: written })
    else return undefined
  }
  return values
}
