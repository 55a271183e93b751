import { append } from '../../operation/append.js'
import type { ParameterPlace } from '../../operation/operation.js'
import type { Block, Tag } from '../blocks.js'
import { type BlockFacts, type Field, noFacts, type ResponseFacts } from './facts.js'
import { mendings } from './mendings.js'
import { linksIn, samplesIn, textIn } from './parts.js'

const PLACES: Record<string, ParameterPlace> = {
  'api-method-path-parameters': 'path',
  'api-method-query-parameters': 'query',
  'api-method-headers': 'header',
  'api-method-body-parameters': 'body',
  'api-method-form-data-parameters': 'body',
}

/** `{% api-method method host path %}`, the older form: each fact in a tag of its own. */
export function readApiMethod(tag: Tag, file: string): BlockFacts {
  const facts = noFacts({ file, line: tag.line })
  const { values } = tag.attributes
  append(facts.findings, mendings(tag, file))
  facts.method = values.get('method') ?? ''
  facts.baseUrl = values.get('host') ?? ''
  facts.path = values.get('path') ?? ''
  readParts(tag.children, undefined, file, facts)
  return facts
}

function readParts(
  blocks: readonly Block[],
  place: ParameterPlace | undefined,
  file: string,
  facts: BlockFacts,
): void {
  for (const part of blocks) {
    if (part.kind !== 'tag') continue
    const source = { file, line: part.line }
    if (part.name === 'api-method-summary') {
      const text = textIn(part.children)
      if (text !== '') facts.summary = text.replace(/\s+/g, ' ')
    } else if (part.name === 'api-method-description') {
      const text = textIn(part.children)
      if (text !== '') facts.description.push(text)
      append(facts.links, linksIn(part.children, file))
    } else if (part.name === 'api-method-parameter') {
      append(facts.findings, mendings(part, file))
      const field = readParameter(part, place, file)
      append(facts.links, linksIn(part.children, file))
      if (field !== undefined) facts.fields.push(field)
      else {
        const message = 'This parameter has no name and is left out. Give it a name attribute.'
        facts.findings.push({ rule: 'parameter-unnamed', severity: 'warning', message, source })
      }
    } else if (part.name === 'api-method-response-example') {
      append(facts.findings, mendings(part, file))
      facts.responses.push(readResponse(part, file))
    } else {
      if (part.name === 'api-method-form-data-parameters' && part.children.length > 0) {
        facts.formType = 'multipart/form-data'
      }
      if (part.name.startsWith('api-method-') && !part.closed) append(facts.findings, mendings(part, file))
      readParts(part.children, PLACES[part.name] ?? place, file, facts)
    }
  }
}

function readParameter(tag: Tag, place: ParameterPlace | undefined, file: string): Field | undefined {
  const { values } = tag.attributes
  const name = values.get('name')?.trim()
  if (!name) return undefined
  const field: Field = { name, source: { file, line: tag.line } }
  if (place !== undefined) field.in = place
  const required = values.get('required')?.trim().toLowerCase()
  if (required === 'true' || required === 'false') field.required = required === 'true'
  const type = values.get('type')?.trim()
  if (type) field.typeText = type
  const description = textIn(tag.children)
  if (description !== '') field.description = description
  return field
}

function readResponse(tag: Tag, file: string): ResponseFacts {
  const said = tag.children.find(
    (part): part is Tag => part.kind === 'tag' && part.name === 'api-method-response-example-description',
  )
  const response: ResponseFacts = {
    statusText: tag.attributes.values.get('httpCode')?.trim() ?? '',
    label: '',
    samples: samplesIn(
      tag.children.filter((part) => part !== said),
      file,
    ),
    fields: [],
    source: { file, line: tag.line },
  }
  const description = said === undefined ? '' : textIn(said.children)
  if (description !== '') response.description = description.replace(/\s+/g, ' ')
  // A description left open has taken the sample in.
  if (said !== undefined && !said.closed) append(response.samples, samplesIn(said.children, file))
  return response
}
