import { isObject } from '../../operation/json-object.js'
import type { Dialect } from './dialect.js'
import { checks } from './keywords.js'
import { at, member, type Members, type Place } from '../document/place.js'
import type { Report } from '../document/report.js'

/** Beside a `$ref` of 2.0 and 3.0, these say nothing of the value, and are not worth a word. */
const ANNOTATIONS = /^(?:description|title|summary|x-.*)$/

/** Names of schemas, which validators take for more than OpenAPI means by them. References no longer need them. */
const IDENTIFIERS = ['$id', '$anchor', '$schema', '$vocabulary', 'id']

/**
 * Makes a schema of 2.0, 3.0 or 3.1 one of JSON Schema 2020-12, in place, so that its pointer stays.
 * Sources: OpenAPI 3.0.4 section 4.7.24 (`nullable`, `exclusiveMinimum`, `example`), 2.0 "Schema Object".
 */
export function upgradeSchema(place: Place, dialect: Dialect, report: Report): void {
  const schema = place.value
  if (!isObject(schema)) return
  if (dialect !== '3.1' && typeof schema['$ref'] === 'string') dropSiblings(place, schema, report)
  for (const keyword of IDENTIFIERS) if (Object.hasOwn(schema, keyword)) delete schema[keyword]
  upgradeType(schema)
  upgradeBound(schema, 'minimum', 'exclusiveMinimum')
  upgradeBound(schema, 'maximum', 'exclusiveMaximum')
  upgradeItems(schema)
  upgradeExample(schema)
  if (typeof schema['discriminator'] === 'string') {
    schema['discriminator'] = { propertyName: schema['discriminator'] }
  }
  dropMisfits(place, schema, report)
  upgradeNullable(place, schema, dialect, report)
  if (Array.isArray(schema['enum']) && schema['enum'].length === 0) {
    // It allows nothing. Validators refuse to compile it, so the same is said in other words.
    delete schema['enum']
    schema['not'] = {}
  }
}

function dropSiblings(place: Place, schema: Members, report: Report): void {
  const dropped = Object.keys(schema).filter((key) => key !== '$ref' && !ANNOTATIONS.test(key))
  for (const key of dropped) delete schema[key]
  if (dropped.length === 0) return
  const names = dropped.map((key) => `"${key}"`).join(', ')
  const message = `${names} beside "$ref" has no effect before OpenAPI 3.1. Put both into "allOf" if it is meant.`
  report('ref-siblings', 'info', message, place)
}

/** `type: file` of 2.0 is bytes; YAML's bare `null` is meant as the name of the type. */
function upgradeType(schema: Members): void {
  const { type } = schema
  if (type === 'file') {
    schema['type'] = 'string'
    schema['format'] = 'binary'
  } else if (type === null && Object.hasOwn(schema, 'type')) schema['type'] = 'null'
  else if (Array.isArray(type)) schema['type'] = type.map((name: unknown) => name ?? 'null')
}

function upgradeBound(schema: Members, bound: 'minimum' | 'maximum', exclusive: string): void {
  if (typeof schema[exclusive] !== 'boolean') return
  if (schema[exclusive] && typeof schema[bound] === 'number') {
    schema[exclusive] = schema[bound]
    delete schema[bound]
  } else delete schema[exclusive]
}

/** A list of schemas under `items`, the tuple of earlier drafts. */
function upgradeItems(schema: Members): void {
  const { items } = schema
  if (!Array.isArray(items)) return
  delete schema['items']
  if (items.length === 0) return
  schema['prefixItems'] ??= items
  if (isObject(schema['additionalItems']) || schema['additionalItems'] === false) {
    schema['items'] = schema['additionalItems']
  }
}

function upgradeExample(schema: Members): void {
  if (!Object.hasOwn(schema, 'example')) return
  if (!Array.isArray(schema['examples'])) schema['examples'] = [schema['example']]
  delete schema['example']
}

function dropMisfits(place: Place, schema: Members, report: Report): void {
  for (const keyword of Object.keys(schema)) {
    const check = checks.get(keyword)
    if (check === undefined || check.fits(schema[keyword])) continue
    const message = `"${keyword}" must be ${check.expected}; it is left out of account.`
    report('invalid-schema-keyword', 'error', message, at(place, keyword))
    delete schema[keyword]
  }
}

/**
 * `nullable` counts where a `type` stands beside it (3.0.4). Where it stands beside `allOf`, `anyOf` or
 * `oneOf` alone, as generators write it around a reference, authors mean that null is allowed, and so it
 * is read. An `enum` is not widened: it has to list null itself.
 */
function upgradeNullable(place: Place, schema: Members, dialect: Dialect, report: Report): void {
  const isNullable = schema['nullable'] === true || schema['x-nullable'] === true
  const said = Object.hasOwn(schema, 'nullable')
  if (said) delete schema['nullable']
  if (Object.hasOwn(schema, 'x-nullable')) delete schema['x-nullable']
  if (!isNullable) return
  if (dialect === '3.1' && said) {
    const message =
      '"nullable" is no keyword of OpenAPI 3.1; it is read as 3.0 means it. Write type: [..., "null"].'
    report('nullable-in-3.1', 'info', message, place)
  }
  const { type } = schema
  if (typeof type === 'string') schema['type'] = type === 'null' ? type : [type, 'null']
  else if (Array.isArray(type)) schema['type'] = type.includes('null') ? type : [...type, 'null']
  else if (['allOf', 'anyOf', 'oneOf'].some((keyword) => member(schema, keyword) !== undefined)) {
    const inner = { ...schema }
    for (const key of Object.keys(schema)) delete schema[key]
    schema['anyOf'] = [inner, { type: 'null' }]
  }
}
