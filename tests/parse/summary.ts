import type { ApiDescription } from '../../src/operation/description.js'
import type { Example, Operation, Parameter } from '../../src/operation/operation.js'

/** A description in a form that is easily read and compared: places as lines, parameters as one line each. */
export function summaryOf({ operations, findings }: ApiDescription) {
  return {
    operations: operations.map(operationSummary),
    findings: findings.map(({ rule, source }) => `${rule}:${source.line}`),
  }
}

function operationSummary(operation: Operation) {
  return {
    operation: `${operation.method} ${operation.path} ${operation.operationId}`,
    summary: operation.summary,
    description: operation.description,
    sources: operation.sources.map(({ line }) => line),
    parameters: [...operation.parameters, ...(operation.requestBody?.parameters ?? [])].map(parameterSummary),
    request: operation.requestBody?.content.map((one) => [
      one.mediaType,
      ...one.examples.map(exampleSummary),
    ]),
    responses: Object.fromEntries(
      operation.responses.map((response) => [
        response.status,
        {
          description: response.description,
          undocumented: response.undocumentedBody,
          content: response.content.map((one) => [one.mediaType, ...one.examples.map(exampleSummary)]),
        },
      ]),
    ),
    codes: operation.resultCodes.map(({ code, source }) => `${code}:${source.line}`),
    links: operation.links.map(({ href }) => href),
  }
}

function parameterSummary(parameter: Parameter): string {
  const required = parameter.required === undefined ? '' : parameter.required ? ' required' : ' optional'
  const type = parameter.typeText === undefined ? '' : ` ${parameter.typeText}`
  const example = parameter.example === undefined ? '' : ` = ${parameter.example}`
  return `${parameter.in} ${parameter.name}${required}${type}${example}:${parameter.source.line}`
}

const exampleSummary = ({ name, origin, text, source }: Example): string =>
  `${name} ${origin}:${source.line} ${text.replace(/\s+/g, ' ')}`
