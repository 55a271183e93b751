import { append } from '../../operation/append.js'
import type { ParameterPlace } from '../../operation/operation.js'
import type { Tag } from '../blocks.js'
import { type BlockFacts, type Field, noFacts, type ResponseFacts } from './facts.js'
import { mendings } from './mendings.js'
import { linksIn, samplesIn, textIn } from './parts.js'

/** `{% swagger method path baseUrl summary %}` with its parameters and responses. */
export function readSwagger(tag: Tag, file: string): BlockFacts {
  const facts = noFacts({ file, line: tag.line })
  const { values } = tag.attributes
  append(facts.findings, mendings(tag, file))
  facts.method = values.get('method') ?? ''
  facts.baseUrl = values.get('baseUrl') ?? ''
  facts.path = values.get('path') ?? ''
  const summary = values.get('summary')?.trim()
  if (summary) facts.summary = summary
  readParts(tag, file, facts)
  return facts
}

/** The parts stand in the block, or in tabs and the like within it. */
function readParts(tag: Tag, file: string, facts: BlockFacts): void {
  for (const part of tag.children) {
    if (part.kind !== 'tag') continue
    if (part.name === 'swagger-description') {
      const text = textIn(part.children)
      if (text !== '') facts.description.push(text)
      append(facts.links, linksIn(part.children, file))
    } else if (part.name === 'swagger-parameter') {
      const field = readParameter(part, file)
      append(facts.findings, mendings(part, file))
      append(facts.links, linksIn(part.children, file))
      if (field !== undefined) facts.fields.push(field)
      else {
        facts.findings.push({
          rule: 'parameter-unnamed',
          severity: 'warning',
          message: 'This parameter has no name and is left out. Give it a name attribute.',
          source: { file, line: part.line },
        })
      }
    } else if (part.name === 'swagger-response') {
      append(facts.findings, mendings(part, file))
      facts.responses.push(readResponse(part, file))
    } else readParts(part, file, facts)
  }
}

function readParameter(tag: Tag, file: string): Field | undefined {
  const { values } = tag.attributes
  const name = values.get('name')?.trim()
  if (!name) return undefined
  const field: Field = { name, source: { file, line: tag.line } }
  const place = placeOfAttribute(values.get('in') ?? '')
  if (place !== undefined) field.in = place
  const required = values.get('required')?.trim().toLowerCase()
  if (required === 'true' || required === 'false') field.required = required === 'true'
  const type = values.get('type')?.trim()
  if (type) field.typeText = type
  const description = textIn(tag.children)
  if (description !== '') field.description = description
  return field
}

const PLACES: Record<string, ParameterPlace> = {
  path: 'path',
  query: 'query',
  header: 'header',
  headers: 'header',
  cookie: 'cookie',
  body: 'body',
  form: 'body',
  formdata: 'body',
}

const placeOfAttribute = (text: string): ParameterPlace | undefined =>
  PLACES[text.trim().toLowerCase().replace(/[-_ ]/g, '')]

function readResponse(tag: Tag, file: string): ResponseFacts {
  const { values } = tag.attributes
  const response: ResponseFacts = {
    statusText: values.get('status')?.trim() ?? '',
    label: '',
    samples: samplesIn(tag.children, file),
    fields: [],
    source: { file, line: tag.line },
  }
  const description = values.get('description')?.trim()
  if (description) response.description = description
  return response
}
