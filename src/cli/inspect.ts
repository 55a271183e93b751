import { type InspectReport, inspect } from '../emit/inspect.js'
import { stringifyExact } from '../operation/json.js'
import { formatSource } from '../operation/source.js'
import { SampleValues } from '../respond/samples/sample-values.js'
import { Validation } from '../respond/validation.js'
import type { ResourceOverrides } from '../respond/resource/overrides.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'
import type { Standin } from './standin.js'

/** `standin inspect SOURCE…`: what was understood. Problems in the sources are part of that, not a failure. */
export const inspectCommand: Run = async ({ options, positionals, terminal, createStandin }) => {
  const format = formatOf('inspect', options, ['text', 'json'])
  const standin = await createStandin({
    ...options,
    sources: positionals.length > 0 ? positionals : (options.sources ?? []),
    stateless: false,
    store: 'memory',
    logger: false,
  })
  const { description } = standin
  const values = new SampleValues(description, new Validation(description.documents))
  const report = inspect(description, {
    exampleOf: (parameter) => values.of(parameter).value,
    ...resourcesOf(standin.resources, options.resources),
  })
  await standin.close()
  await writeResult(
    format === 'json' ? `${stringifyExact(report, 2)}\n` : reportText(report),
    options,
    terminal,
  )
  return 0
}

/** What is kept, and who says so. */
function resourcesOf(
  resources: Standin['resources'] = [],
  configured: ResourceOverrides = {},
): Pick<InspectReport, 'resources' | 'onlyReplayed'> {
  const said = configured === false ? {} : configured
  return {
    resources: resources.map((resource) => ({
      ...resource,
      operations: resource.operations.map((one) => ({
        ...one,
        by: Object.hasOwn(said, one.operationId) ? ('config' as const) : ('description' as const),
      })),
    })),
    onlyReplayed: Object.keys(said).filter((operationId) => said[operationId] === false),
  }
}

function reportText({ operations, problems, ...kept }: InspectReport): string {
  const lines = operations.flatMap((operation) => [
    `${operation.method} ${operation.path}  ${operation.operationId}  ${formatSource(operation.source)}`,
    ...(operation.summary === undefined ? [] : [`  ${operation.summary}`]),
    ...operation.parameters.map(
      ({ in: place, name, required, type, example, source }) =>
        `  ${place} ${name}: ${type}${requirement(required)}${shown(example)}  ${formatSource(source)}`,
    ),
    ...(operation.requestBody?.examples ?? []).map(
      ({ name, mediaType, origin, source }) =>
        `  request ${name}: ${mediaType}, ${origin}  ${formatSource(source)}`,
    ),
    ...operation.responses.flatMap(({ status, examples, undocumentedBody, source }) =>
      examples.length === 0
        ? [`  ${status}: ${undocumentedBody ?? 'no example'}  ${formatSource(source)}`]
        : examples.map(
            ({ name, mediaType, origin, source }) =>
              `  ${status} ${name}: ${mediaType}, ${origin}  ${formatSource(source)}`,
          ),
    ),
    '',
  ])
  const problemLines = problems.map(
    ({ rule, severity, message, source }) => `${formatSource(source)} ${severity} ${message} [${rule}]`,
  )
  return `${[...lines, ...resourceLines(kept), ...problemLines, '', summary(operations.length, problems.length)].join('\n').trimStart()}\n`
}

function resourceLines({
  resources,
  onlyReplayed,
}: Pick<InspectReport, 'resources' | 'onlyReplayed'>): string[] {
  const lines = resources.flatMap(({ collection, path, id, operations }) => [
    `resource ${collection}  ${path}, by ${id}`,
    ...operations.map(
      ({ operationId, action, by }) =>
        `  ${action} ${operationId}${by === 'config' ? ', as configured' : ''}`,
    ),
  ])
  const others = onlyReplayed.map((operationId) => `only replayed, as configured: ${operationId}`)
  return lines.length + others.length === 0 ? [] : [...lines, ...others, '']
}

const shown = (example: unknown): string => {
  if (example === undefined) return ''
  const text = typeof example === 'string' ? example : stringifyExact(example)
  return `, such as ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`
}

const requirement = (required: boolean | undefined): string => {
  if (required === undefined) return ''
  return required ? ', required' : ', optional'
}

const summary = (operations: number, problems: number): string =>
  `${operations} ${operations === 1 ? 'operation' : 'operations'}, ${problems} ${problems === 1 ? 'problem' : 'problems'}`
