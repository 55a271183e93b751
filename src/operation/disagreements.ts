import type { Finding } from './finding.js'
import type { Operation, Parameter } from './operation.js'
import { formatSource } from './source.js'

/** What two accounts of one operation say in two ways: whether a parameter is required, and its type. */
export function disagreements(first: Operation, other: Operation): Finding[] {
  const known = new Map(rowsOf(first).map((parameter) => [keyOf(parameter), parameter]))
  return rowsOf(other).flatMap((parameter) => {
    const same = known.get(keyOf(parameter))
    return same === undefined ? [] : compare(same, parameter)
  })
}

const rowsOf = ({ parameters, requestBody }: Operation): Parameter[] => [
  ...parameters,
  ...(requestBody?.parameters ?? []),
]

const keyOf = ({ in: place, name }: Parameter): string =>
  `${place} ${place === 'header' ? name.toLowerCase() : name}`

function compare(one: Parameter, other: Parameter): Finding[] {
  if (formatSource(one.source) === formatSource(other.source)) return []
  const contrasts: [string, string][] = []
  if (one.required !== undefined && other.required !== undefined && one.required !== other.required)
    contrasts.push([word(one.required), word(other.required)])
  const types = [typeOf(one), typeOf(other)] as const
  if (types[0] !== undefined && types[1] !== undefined && types[0] !== types[1]) {
    // `int` and `Integer` are two words for one type.
    const alike = JSON.stringify(plain(one)) === JSON.stringify(plain(other))
    if (!alike) contrasts.push([types[0], types[1]])
  }
  return contrasts.map(([a, b]) => ({
    rule: 'pages-disagree',
    severity: 'warning',
    message: `The ${one.in} parameter \`${one.name}\` is ${a} at ${formatSource(one.source)} and ${b} at ${formatSource(other.source)}. Make both say the same.`,
    source: other.source,
  }))
}

const word = (required: boolean): string => (required ? 'required' : 'optional')

const typeOf = ({ typeText, schema }: Parameter): string | undefined => {
  const type: unknown = schema['type']
  return typeText?.trim() || (typeof type === 'string' ? type : undefined)
}

/** What of a schema is its type: not its words, its place, nor bounds that only one account gives. */
const plain = ({ schema }: Parameter): unknown => {
  const { type, anyOf, items } = schema
  return [type, Array.isArray(anyOf) ? anyOf.map((one: { type?: unknown }) => one.type) : anyOf, items?.type]
}
