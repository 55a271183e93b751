import type { Parameter } from '../operation/operation.js'
import { type Found, type Note, places, type Spot, type Version } from './change.js'
import { credentialsOf } from './credentials.js'
import { diffSchemas, sideOf } from './schema-diff.js'

export function diffParameters(old: Version, now: Version, note: Note): void {
  const [before, after] = [byName(old), byName(now)]
  for (const [key, parameter] of before) {
    const other = after.get(key)
    if (other) diffParameter(old, now, [parameter, other], note)
    else {
      const { in: place, name, source } = parameter
      note({
        ...spotOf(parameter),
        ...places(source, now.operation.source),
        rule: 'parameter-removed',
        // What a query asks for is no longer given; a header more is passed over.
        breaking: place === 'query',
        message: `the ${place} parameter ${name} is gone`,
      })
    }
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue
    const breaking = parameter.required === true && parameter.in !== 'path'
    note({
      ...spotOf(parameter, breaking),
      ...places(old.operation.source, parameter.source),
      rule: breaking ? 'required-parameter-added' : 'parameter-added',
      breaking,
      message: `the ${parameter.in} parameter ${parameter.name} is new${breaking ? ' and required' : ''}`,
    })
  }
}

function diffParameter(
  old: Version,
  now: Version,
  [before, after]: readonly [Parameter, Parameter],
  note: Note,
): void {
  const at = { ...spotOf(before), ...places(before.source, after.source) }
  const { name } = before
  if (before.required !== true && after.required === true) {
    const message = `${name} was optional and is required`
    note({ ...at, ...spotOf(before, true), rule: 'parameter-became-required', breaking: true, message })
  } else if (before.required === true && after.required !== true) {
    const message = `${name} was required and is optional`
    note({ ...at, rule: 'parameter-became-optional', breaking: false, message })
  }
  diffSchemas(
    sideOf('request', old, before.schema, before.source),
    sideOf('request', now, after.schema, after.source),
    { direction: 'request', label: at.where, spot: at.spot, note },
  )
}

/** Path parameters are known by their place in the path, headers in any case. */
function byName({ operation: { path, parameters } }: Version): Map<string, Parameter> {
  const segments = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name)
  return new Map(
    parameters.map((parameter) => {
      const { in: place, name } = parameter
      if (place === 'path') return [`path ${segments.indexOf(name)}`, parameter]
      return [`${place} ${place === 'header' ? name.toLowerCase() : name}`, parameter]
    }),
  )
}

/** `unsent`: it concerns those who do not send the parameter. */
const spotOf = ({ in: place, name }: Parameter, unsent = false): { where: string; spot: Spot } => ({
  where: `request ${place} ${name}`,
  spot: { part: 'request', parameter: { in: place, name }, ...(unsent ? { unsent } : {}) },
})

export function diffCredentials(old: Version, now: Version, note: Note): void {
  const [before, after] = [required(old), required(now)]
  const tell = (name: string, found: Pick<Found, 'rule' | 'breaking' | 'message'>): void =>
    note({
      ...places(old.operation.source, now.operation.source),
      spot: { part: 'operation' },
      where: `request ${name}`,
      ...found,
    })
  for (const [key, name] of after) {
    if (before.has(key)) continue
    tell(name, {
      rule: 'credential-required',
      breaking: true,
      message: `the ${key} is required as a credential`,
    })
  }
  for (const [key, name] of before) {
    if (after.has(key)) continue
    tell(name, { rule: 'credential-dropped', breaking: false, message: `the ${key} is no longer required` })
  }
}

/** The credentials that an operation asks for, with their scheme where one header carries several: `header Authorization (Bearer)`. */
function required({ operation, description }: Version): Map<string, string> {
  return new Map(
    credentialsOf(operation, description.securitySchemes)
      .filter((credential) => credential.required)
      .map(({ in: place, parameter, prefix }) => {
        const name = `${place} ${parameter}`
        return [prefix === '' ? name : `${name} (${prefix.trim()})`, name]
      }),
  )
}
