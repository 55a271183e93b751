import type { SecurityScheme } from '../../operation/description.js'
import { isObject } from '../../operation/json-object.js'
import type { SecurityRequirements } from '../../operation/operation.js'
import { at, elements, member, type Place, sourceOf, textMember } from '../document/place.js'
import type { Report } from '../document/report.js'

/** Security schemes of a collection, found one by one on its requests. */
export class Schemes {
  readonly found: Record<string, SecurityScheme> = {}
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  /** What a request demands: undefined where nothing is said, an empty list for `noauth`. */
  requirements(auth: Place | undefined): SecurityRequirements | undefined {
    const type = textMember(auth?.value, 'type')
    if (auth === undefined || type === undefined) return undefined
    if (type === 'noauth') return []
    const read = schemeOf(type, auth)
    if (read === undefined) {
      const message = `Authorisation of the type "${type}" is not understood; nothing is checked for it.`
      this.#report('security-not-understood', 'warning', message, auth)
      return undefined
    }
    const [name, scheme] = read
    this.found[name] ??= { ...scheme, source: sourceOf(auth) }
    return [{ [name]: [] }]
  }
}

function schemeOf(type: string, auth: Place): [string, SecurityScheme] | undefined {
  if (type === 'basic' || type === 'bearer' || type === 'digest')
    return [type, { type: 'http', scheme: type }]
  if (type === 'oauth2') return [type, { type: 'oauth2' }]
  if (type !== 'apikey') return undefined
  const place = at(auth, 'apikey')
  const name = attribute(place, 'key')
  if (name === undefined) return undefined
  const where = attribute(place, 'in') === 'query' ? 'query' : 'header'
  return [`${where} ${name}`, { type: 'apiKey', in: where, name }]
}

/** 2.1 lists attributes as `{ key, value }`; 2.0 has an object of them. */
function attribute(place: Place, name: string): string | undefined {
  const row = elements(place).find(({ value }) => member(value, 'key') === name)
  const value = isObject(place.value) ? member(place.value, name) : member(row?.value, 'value')
  return typeof value === 'string' && value !== '' ? value : undefined
}
