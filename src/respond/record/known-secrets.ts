import { queryOf } from '../../operation/query.js'
import { isJson } from '../../operation/media-type.js'
import { parseExact } from '../../operation/json.js'
import { isSecretName, secretsIn } from '../../operation/secrets.js'

export interface SecretBearer {
  /** Path and query. */
  readonly url: string
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly contentType: string | undefined
  readonly body: string | undefined
}

/** Shorter ones (`1`, `en`) would be taken for secrets wherever they stand. */
const SHORTEST = 4

/** The texts by which a request proves who sends it: its credentials, wherever they stand. */
export function knownSecrets(request: SecretBearer, pointers: readonly string[]): Set<string> {
  const found = new Set([...inHeaders(request), ...inQuery(request), ...inBody(request, pointers)])
  return new Set([...found].filter((text) => text.length >= SHORTEST))
}

function inHeaders({ headers }: SecretBearer): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || !isSecretName(name)) return []
    const texts = [value].flat()
    if (name === 'cookie')
      return texts.flatMap((text) => text.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim()))
    // A scheme (`Bearer`) says nothing; what stands behind it does.
    return texts.flatMap((text) => [text, text.replace(/^[\w-]+\s+/, '')])
  })
}

const inQuery = ({ url }: SecretBearer): string[] =>
  [...queryOf(url)].flatMap(([name, value]) => (isSecretName(name) ? [value] : []))

function inBody({ body, contentType = '' }: SecretBearer, pointers: readonly string[]): string[] {
  if (body === undefined || !isJson(contentType)) return []
  try {
    return [...secretsIn(parseExact(body), pointers)]
  } catch {
    return []
  }
}
