import { Type } from '@sinclair/typebox'
import type { Finding } from '../../operation/finding.js'
import type { Parameter, ParameterPlace } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { schemaOfTypeText } from '../type-words.js'
import type { BlockFacts, Field } from './facts.js'
import { shownValue } from './shown-values.js'
import type { UrlFacts } from './url.js'

export interface Parameters {
  parameters: Parameter[]
  body: Parameter[]
  findings: Finding[]
}

/** The parameters of a block, each in its place, with those that only its address shows. */
export function readParameters(facts: BlockFacts, url: UrlFacts, method: string): Parameters {
  const findings: Finding[] = []
  const variables = pathParameters(url.path)
  /** The page's list of parameters often spells a variable another way than its path. */
  const spelt = new Map(variables.map((variable) => [normal(variable), variable]))
  for (const variable of variables) spelt.set(variable, variable)
  /** Where a parameter stands whose place the page does not say, or gets wrong. */
  const elsewhere: ParameterPlace =
    method === 'GET' || method === 'HEAD' || method === 'DELETE' ? 'query' : 'body'
  const misplaced: Field[] = []
  const seen = new Map<string, Parameter>()
  const add = (parameter: Parameter): void => {
    const key = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, parameter)
      return
    }
    seen.set(key, { ...parameter, ...first })
    if (first.typeText !== parameter.typeText || first.description !== parameter.description) {
      findings.push({
        rule: 'parameter-duplicate',
        severity: 'warning',
        message: `The ${parameter.in} parameter \`${parameter.name}\` is described twice, first in line ${first.source.line}; that one holds.`,
        source: parameter.source,
      })
    }
  }
  for (const field of facts.fields) {
    const name =
      field.in === 'path' || field.in === undefined
        ? (spelt.get(field.name) ?? spelt.get(normal(field.name)))
        : undefined
    if (field.in === 'path' && name === undefined) misplaced.push(field)
    const stated = field.in === 'path' ? undefined : field.in
    const place = name === undefined ? (stated ?? elsewhere) : 'path'
    add(parameterOf(field, place, name ?? field.name))
  }
  const [first] = misplaced
  if (first !== undefined) {
    findings.push({
      rule: 'parameter-not-in-path',
      severity: 'warning',
      message: `${listed(misplaced)}: called path parameters, but the path ${url.path} has no such variables; they are taken for ${elsewhere} parameters.`,
      source: first.source,
    })
  }
  for (const name of variables) {
    if (!seen.has(`path ${name}`)) {
      add({ in: 'path', name, required: true, schema: Type.String(), source: facts.source })
    }
  }
  for (const { name, example } of url.query) {
    const key = `query ${name}`
    const known = seen.get(key)
    if (known === undefined) {
      add({
        in: 'query',
        name,
        schema: Type.String(),
        source: facts.source,
        ...(example === undefined ? {} : { example }),
      })
    } else if (known.example === undefined && example !== undefined) seen.set(key, { ...known, example })
  }
  const all = [...seen.values()]
  return {
    findings,
    parameters: all.filter((parameter) => parameter.in !== 'body'),
    body: all.filter((parameter) => parameter.in === 'body'),
  }
}

function parameterOf(field: Field, place: ParameterPlace, name: string): Parameter {
  const { schema, understood } = schemaOfTypeText(field.typeText, field.description)
  const parameter: Parameter = {
    in: place,
    name,
    // Whatever else it is, a header is text.
    schema: place === 'header' && !understood ? Type.String() : schema,
    source: field.source,
  }
  if (place === 'path') parameter.required = true
  else if (field.required !== undefined) parameter.required = field.required
  if (field.description !== undefined) parameter.description = field.description
  if (field.typeText !== undefined) parameter.typeText = field.typeText
  const example = shownValue({ ...field, in: place })
  if (example !== undefined) parameter.example = example
  return parameter
}

const normal = (name: string): string => name.toLowerCase().replace(/[\s_{}<>:[\]-]/g, '')

function listed(fields: readonly Field[]): string {
  const names = fields.slice(0, 8).map(({ name }) => `\`${name}\``)
  return names.join(', ') + (fields.length > 8 ? ` and ${fields.length - 8} more` : '')
}
