import type { FastifyError } from 'fastify'
import { isObject } from '../../operation/json-object.js'
import { nearest } from '../../operation/nearest.js'
import { joinPointer } from '../../operation/pointer.js'

export interface SchemaFault {
  readonly detail: string
  /** JSON pointer (RFC 6901). */
  readonly pointer: string
}

type Fault = NonNullable<FastifyError['validation']>[number]

/** Of all that a schema has against a request, what is said of its innermost part: alternatives fail one by one. */
export function schemaFault({ validation = [], validationContext = 'body' }: FastifyError): SchemaFault {
  const [first] = validation.toSorted((a, b) => depth(b) - depth(a))
  if (!first) return { detail: 'The request does not match the schema', pointer: '' }
  const { instancePath: place } = first
  const forms = likelyForms(validation.filter(({ instancePath }) => instancePath === place))
  const said = forms.map((faults) => sentence(faults)).filter((text) => text !== '')
  const unknown =
    forms.length === 1 ? forms[0]?.map(unknownMember).find((name) => name !== undefined) : undefined
  return {
    detail: `${validationContext}${place} ${said.length > 1 ? `fits none of its forms: ${said.join('; or ')}` : said.join('')}`,
    pointer: unknown === undefined ? place : joinPointer(place, unknown),
  }
}

const depth = ({ instancePath }: Fault): number => instancePath.split('/').length

/**
 * The faults of those alternatives that were most likely meant: of the kind of value that came, where one
 * is, and with the fewest faults. All literals are one alternative.
 */
function likelyForms(faults: readonly Fault[]): Fault[][] {
  const [union] = faults.filter(isUnion).toSorted((a, b) => a.schemaPath.length - b.schemaPath.length)
  if (!union) return [[...faults]]
  const byForm = new Map<string, Fault[]>()
  for (const fault of faults) {
    if (isUnion(fault)) continue
    const form = fault.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? ''
    byForm.set(form, [...(byForm.get(form) ?? []), fault])
  }
  const forms = [...byForm.values()]
  const ofKind = forms.filter(
    (form) => !form.some(({ keyword }) => keyword === 'type' || keyword === 'const'),
  )
  if (ofKind.length > 0) {
    const fewest = Math.min(...ofKind.map(({ length }) => length))
    return ofKind.filter(({ length }) => length === fewest)
  }
  const literals = forms.filter((form) => form.some(({ keyword }) => keyword === 'const')).flat()
  const others = forms.filter((form) => !form.some(({ keyword }) => keyword === 'const'))
  return literals.length === 0 ? others : [literals.filter(({ keyword }) => keyword === 'const'), ...others]
}

const isUnion = ({ keyword }: Fault): boolean => keyword === 'anyOf'

function sentence(faults: readonly Fault[]): string {
  const constants = faults.flatMap(({ keyword, params }) =>
    keyword === 'const' ? [JSON.stringify(params['allowedValue'])] : [],
  )
  const rest = faults.filter(({ keyword }) => keyword !== 'const').map(told)
  return [
    ...(constants.length > 0
      ? [`must be ${constants.length > 1 ? 'one of ' : ''}${constants.join(', ')}`]
      : []),
    ...new Set(rest),
  ].join('; ')
}

function told(fault: Fault): string {
  const unknown = unknownMember(fault)
  const schema = schemaOf(fault)
  if (unknown !== undefined) {
    const near = nearest(unknown, Object.keys(isObject(schema['properties']) ? schema['properties'] : {}))
    const instead = near === undefined ? '' : `. Did you mean '${near}'?`
    return `must not have the member '${unknown}', which is not known${instead}`
  }
  const { description } = schema
  // A pattern is for machines; what it means is said beside it.
  return fault.keyword === 'pattern' && typeof description === 'string'
    ? `must be ${description}`
    : (fault.message ?? 'is wrong')
}

const unknownMember = ({ keyword, params }: Fault): string | undefined =>
  keyword === 'additionalProperties' ? String(params['additionalProperty']) : undefined

/** The schema that has the fault, which Ajv adds where it is `verbose`. */
const schemaOf = (fault: Fault): Record<string, unknown> =>
  'parentSchema' in fault && isObject(fault.parentSchema) ? fault.parentSchema : {}
