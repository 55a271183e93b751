import type { Parameter } from '../operation/operation.js'
import { type Note, places, type Spot, type Version } from './change.js'
import { diffSchemas, sideOf } from './schema-diff.js'
import { levelOf, type Side, typesAt } from './schema-diff/level.js'

export function diffParameters(old: Version, now: Version, note: Note): void {
  const [before, after] = [byName(old), byName(now)]
  for (const [key, parameter] of before) {
    const other = after.get(key)
    if (other) diffParameter(old, now, [parameter, other], note)
    else {
      const { in: place, name, source } = parameter
      const moved = now.operation.parameters.find(
        (one) => one.in !== place && one.in !== 'body' && one.name.toLowerCase() === name.toLowerCase(),
      )
      note({
        ...spotOf(parameter),
        ...places(source, moved?.source ?? now.operation.source),
        ...(moved
          ? {
              rule: 'parameter-moved',
              breaking: true,
              message: `the ${place} parameter ${name} is a ${moved.in} parameter`,
            }
          : {
              rule: 'parameter-removed',
              // What a query asks for is no longer given; a header more is passed over.
              breaking: place === 'query',
              message: `the ${place} parameter ${name} is gone`,
            }),
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
  const sides = [
    sideOf('request', old, before.schema, before.source),
    sideOf('request', now, after.schema, after.source),
  ] as const
  const [was, is] = [styleOf(before, sides[0]), styleOf(after, sides[1])]
  if (was !== is) {
    const message = `${name} was written as ${was} and is written as ${is}`
    note({ ...at, rule: 'parameter-style-changed', breaking: true, message })
  }
  diffSchemas(...sides, { direction: 'request', label: at.where, spot: at.spot, note, textual: true })
}

/** How a value is written, with the defaults of its place (OpenAPI 3.1, section 4.8.12.2); scalars are written alike in most. */
function styleOf({ in: place, style, explode, mediaType }: Parameter, side: Side): string {
  if (mediaType !== undefined) return mediaType
  const form = style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const types = typesAt(levelOf(side))
  const scalar = types?.every((type) => type !== 'array' && type !== 'object')
  if (scalar) return form === 'label' || form === 'matrix' ? form : 'a single value'
  return `${form}, ${(explode ?? form === 'form') ? '' : 'not '}exploded`
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
