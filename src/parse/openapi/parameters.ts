import { Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import type { Parameter, ParameterPlace } from '../../operation/operation.js'
import { parameterExample } from './examples.js'
import { readValue } from './content.js'
import {
  at,
  elements,
  flagMember,
  member,
  type Members,
  type Place,
  sourceOf,
  textMember,
} from '../document/place.js'
import { readQuerystring } from './querystring.js'
import { deref, type Reading } from './reading.js'
import { styleOf } from './swagger2.js'

/** Header parameters that 3.x tells to ignore: other parts of the description say these. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

const PLACES = new Set<unknown>(['path', 'query', 'header', 'cookie'])
const isPlaceName = (value: unknown): value is ParameterPlace => PLACES.has(value)

/** The parameter objects of an operation, those of its path included unless it has its own, by place and name. */
export function parameterPlaces(reading: Reading, pathItem: Place, operation: Place): Place[] {
  const found = new Map<string, Place>()
  for (const list of [at(pathItem, 'parameters'), at(operation, 'parameters')]) {
    for (const entry of elements(list)) {
      const place = deref(reading, entry)
      if (place === undefined) continue
      const name = textMember(place.value, 'name')
      const where = textMember(place.value, 'in')
      if (name === undefined || where === undefined) {
        reading.report(
          'invalid-parameter',
          'error',
          'A parameter needs "name" and "in"; this one is left out.',
          place,
        )
        continue
      }
      found.set(`${where} ${where === 'header' ? name.toLowerCase() : name}`, place)
    }
  }
  return [...found.values()]
}

/** Path, query, header and cookie parameters; of `querystring` those that it stands for. `path` is the path as the description writes it. */
export function readParameters(
  reading: Reading,
  places: readonly Place[],
  path: string,
  operation: Place,
): Parameter[] {
  const inPath = new Set(Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name]) => name))
  const parameters = withoutDoubles(reading, places).flatMap((place) => readParameter(reading, place, inPath))
  for (const name of inPath) {
    if (name === undefined || parameters.some((known) => known.in === 'path' && known.name === name)) continue
    const message = `The path has "{${name}}", but no path parameter of that name is described. Any text is taken.`
    reading.report('undeclared-path-parameter', 'warning', message, operation)
    parameters.push({ in: 'path', name, required: true, schema: Type.String(), source: sourceOf(operation) })
  }
  return parameters
}

/** Beside one that stands for the whole query there can be none in it (3.2 section 4.12.1). */
function withoutDoubles(reading: Reading, places: readonly Place[]): readonly Place[] {
  const whole = places.find(({ value }) => member(value, 'in') === 'querystring')
  if (whole === undefined) return places
  return places.filter((place) => {
    const where = member(place.value, 'in')
    if (place === whole || (where !== 'query' && where !== 'querystring')) return true
    const name = textMember(place.value, 'name') ?? ''
    const message = `"${name}" is left out: a parameter in "querystring" stands for the whole query already.`
    reading.report('invalid-parameter', 'error', message, place)
    return false
  })
}

function readParameter(reading: Reading, place: Place, inPath: ReadonlySet<string | undefined>): Parameter[] {
  const { value } = place
  const where = member(value, 'in')
  const name = textMember(value, 'name')
  if (!isObject(value) || name === undefined) return []
  if (where === 'querystring' && reading.dialect !== '2.0') return readQuerystring(reading, place)
  if (!isPlaceName(where)) {
    if (reading.dialect === '2.0' && (where === 'body' || where === 'formData')) return []
    const message = `Parameters in "${String(where)}" are not understood; "${name}" is left out.`
    reading.report('invalid-parameter', 'error', message, place)
    return []
  }
  if (where === 'header' && reading.dialect !== '2.0' && IGNORED_HEADERS.has(name.toLowerCase())) return []
  if (where === 'path' && !inPath.has(name)) {
    const message = `The path has no "{${name}}", which this parameter describes; it is left out.`
    reading.report('unknown-path-parameter', 'warning', message, place)
    return []
  }
  const description = textMember(value, 'description')
  const required = where === 'path' ? true : flagMember(value, 'required')
  const deprecated = flagMember(value, 'deprecated')
  const example = parameterExample(reading, place)
  return [
    {
      in: where,
      name,
      ...(required !== undefined && { required }),
      ...(description !== undefined && { description }),
      ...(deprecated !== undefined && { deprecated }),
      ...readValue(reading, place),
      ...serialisation(reading, value),
      ...(example !== undefined && { example }),
      source: sourceOf(place),
    },
  ]
}

function serialisation(
  { dialect }: Reading,
  value: Members,
): Pick<Parameter, 'style' | 'explode' | 'allowReserved' | 'allowEmptyValue'> {
  const allowEmptyValue = flagMember(value, 'allowEmptyValue')
  const empty = allowEmptyValue === undefined ? {} : { allowEmptyValue }
  if (dialect === '2.0') return { ...styleOf(value), ...empty }
  const style = textMember(value, 'style')
  const explode = flagMember(value, 'explode')
  const allowReserved = flagMember(value, 'allowReserved')
  return {
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    ...(allowReserved !== undefined && { allowReserved }),
    ...empty,
  }
}
