import type { SecurityScheme } from '../../operation/description.js'
import { isObject } from '../../operation/json-object.js'
import type { SecurityRequirements } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'
import { at, members, type Members, type Place, sourceOf, textMember } from '../document/place.js'
import { deref, type Reading } from './reading.js'

const TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const
const KEY_PLACES = ['header', 'query', 'cookie'] as const

export function readSecuritySchemes(reading: Reading, schemes: Place): Record<string, SecurityScheme> {
  const found = members(schemes).flatMap(({ key, place }): [string, SecurityScheme][] => {
    const scheme = deref(reading, place)
    if (scheme === undefined || !isObject(scheme.value)) return []
    const read = readScheme(scheme, scheme.value)
    if (read !== undefined) return [[key, read]]
    const message = `The security scheme "${key}" has no known type (${TYPES.join(', ')}); it is not checked.`
    reading.report('invalid-security-scheme', 'error', message, scheme)
    return []
  })
  return Object.fromEntries(found)
}

function readScheme(place: Place, value: Members): SecurityScheme | undefined {
  // 2.0's `basic` is a type of its own.
  const isBasic = value['type'] === 'basic'
  const type = isBasic ? 'http' : TYPES.find((name) => name === value['type'])
  if (type === undefined) return undefined
  const where = KEY_PLACES.find((name) => name === value['in'])
  const name = textMember(value, 'name')
  if (type === 'apiKey' && (where === undefined || name === undefined)) return undefined
  const scheme = isBasic ? 'basic' : textMember(value, 'scheme')?.toLowerCase()
  if (type === 'http' && scheme === undefined) return undefined
  const description = textMember(value, 'description')
  let source: SourceLocation | undefined
  const { type: _type, in: _in, name: _name, scheme: _scheme, description: _description, ...rest } = value
  return {
    type,
    ...(where !== undefined && { in: where }),
    ...(name !== undefined && { name }),
    ...(scheme !== undefined && { scheme }),
    ...(description !== undefined && { description }),
    ...(Object.keys(rest).length > 0 && { rest: type === 'oauth2' ? withFlows(rest) : rest }),
    get source() {
      return (source ??= sourceOf(place))
    },
  }
}

/** 2.0 has one flow, written into the scheme itself; 3.x has several under their names. */
function withFlows(rest: Members): Members {
  const names: Record<string, string> = { application: 'clientCredentials', accessCode: 'authorizationCode' }
  const { flow, authorizationUrl, tokenUrl, scopes, ...others } = rest
  if (typeof flow !== 'string') return rest
  const written = {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    scopes: scopes ?? {},
  }
  return { ...others, flows: { [names[flow] ?? flow]: written } }
}

/** The requirements of an operation, else those of the whole description. Undefined where neither says any. */
export function readSecurity(
  reading: Reading,
  document: Place,
  operation: Place,
  schemes: Readonly<Record<string, SecurityScheme>>,
): SecurityRequirements | undefined {
  const place = requirementsAt(document, operation)
  if (!Array.isArray(place?.value)) return undefined
  return place.value.filter(isObject).map((alternative) =>
    Object.fromEntries(
      Object.entries(alternative).map(([name, scopes]) => {
        if (!Object.hasOwn(schemes, name)) {
          const message = `The security scheme "${name}" is not described; nothing can be checked for it.`
          reading.report('unknown-security-scheme', 'error', message, place)
        }
        return [name, Array.isArray(scopes) ? scopes.map(String) : []]
      }),
    ),
  )
}

/** Where the requirements of an operation stand; undefined where nothing says any. */
export function requirementsAt(document: Place, operation: Place): Place | undefined {
  const places = [operation, document].map((holder) => at(holder, 'security'))
  return places.find(({ value }) => Array.isArray(value))
}
