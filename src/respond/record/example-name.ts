import { decoded } from '../../operation/decoded.js'
import type { Operation } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { compilePath } from '../../operation/path-values.js'
import { isSecretName, redactTokens } from '../../operation/secrets.js'

/** A name tells calls apart; it is not where their values are kept. */
const LONGEST = 60

/**
 * What a recorded call is called: its status, and the values of its path and query, `200-id-7`. The same
 * call has the same name, whenever it is recorded. Values of secrets have no place in it.
 */
export function exampleName(
  { path }: Operation,
  url: string,
  status: number,
  known: ReadonlySet<string>,
): string {
  const [called = '', ...rest] = url.split('?')
  const values = compilePath(path)(called) ?? {}
  const pairs: [string, string][] = [
    ...pathParameters(path).map((name): [string, string] => [name, decoded(values[name] ?? '')]),
    ...new URLSearchParams(rest.join('?')),
  ]
  const words = pairs
    .filter(([name, value]) => !isSecretName(name) && !known.has(value) && redactTokens(value) === value)
    .map(([name, value]) => slug(`${name}-${value}`))
  return [String(status), ...words.filter((word) => word !== '')]
    .join('-')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
}

const slug = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_.]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
