import type { FastifyError } from 'fastify'

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
  const { instancePath: pointer } = first
  const here = validation.filter(({ instancePath }) => instancePath === pointer)
  return { detail: `${validationContext}${pointer} ${sentence(here)}`, pointer }
}

const depth = ({ instancePath }: Fault): number => instancePath.split('/').length

function sentence(faults: readonly Fault[]): string {
  const hasForms = faults.some(({ keyword }) => keyword === 'anyOf')
  const constants = faults.flatMap(({ keyword, params }) =>
    keyword === 'const' ? [JSON.stringify(params['allowedValue'])] : [],
  )
  const rest = faults
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'const')
    .map(({ keyword, params, message = '' }) =>
      keyword === 'additionalProperties'
        ? `must not have the member '${String(params['additionalProperty'])}', which is not known`
        : message,
    )
  const said = [...(constants.length > 0 ? [`must be one of ${constants.join(', ')}`] : []), ...new Set(rest)]
  return hasForms ? `fits none of its forms: ${said.join('; ')}` : said.join('; ')
}
