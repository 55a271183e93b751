import { formatSource } from '../operation/source.js'
import { shellQuote } from '../shell.js'
import { curlSample } from './curl-sample.js'
import type { Options } from './options.js'
import type { Standin } from './standin.js'

/** How much of a list is shown before the rest is only counted. */
const OPERATIONS = 30
const NOTES = 20
const RESOURCES = 8

/** What matters most is not what a long list loses. */
const SEVERITIES = ['error', 'warning', 'info'] as const

/** What is told of workers. */
export interface WorkersShown {
  readonly count: number
  /** Whether each is on its own, since they share no store. */
  readonly alone: boolean
  /** Whether the token of the control API was made up for all of them. */
  readonly generated: boolean
}

export interface BannerOptions extends Pick<Options, 'docsPath' | 'openapiPath'> {
  readonly version: string
  readonly colour: boolean
  /** Shows lists of any length in full. */
  readonly full: boolean
  /** Where several processes serve. */
  readonly workers?: WorkersShown | undefined
}

/** The first line that a server prints, as soon as it listens. `url` without a slash at the end. */
export function greeting(
  { description }: Standin,
  url: string,
  { version, colour }: Pick<BannerOptions, 'version' | 'colour'>,
): string {
  const { bold } = painter(colour)
  return `${bold(`Standin ${version}`)} stands in for ${description.title} on ${bold(url)}\n`
}

/** What follows it once all of the sources has been read: what is served, what to try, and what the docs leave open. */
export function banner(standin: Standin, url: string, options: BannerOptions): string {
  const { description, location, notes } = standin
  const { operations } = description
  const paint = painter(options.colour)
  const docs = address(standin, url, options.docsPath, '/_standin/docs')
  const lines = ['']

  const shown = options.full ? operations : operations.slice(0, OPERATIONS)
  const method = Math.max(0, ...shown.map((operation) => operation.method.length))
  const path = Math.max(0, ...shown.map((operation) => operation.path.length))
  for (const operation of shown) {
    const route = `  ${operation.method.padEnd(method)} ${operation.path.padEnd(path)}`
    lines.push(`${route}  ${paint.dim(formatSource(operation.source))}`)
  }
  if (operations.length === 0) lines.push('  No operation is documented in the sources.')
  if (shown.length < operations.length) {
    lines.push(
      `  … and ${operations.length - shown.length} more of ${operations.length}: see the docs below.`,
    )
  }
  lines.push(...resourceLines(standin, options.full))
  lines.push('', `Store:   ${location}`, `Docs:    ${docs}`)
  lines.push(`OpenAPI: ${address(standin, url, options.openapiPath, '/_standin/openapi.json')}`)

  if (standin.trust !== undefined) lines.push(...trustLines(standin.trust))
  lines.push(...controlLines(standin, options.workers?.generated), ...workerLines(options.workers))

  const curl = curlSample(description, url, standin.trust)
  if (curl !== undefined) lines.push('', 'Try it:', '', curl)

  const bySeverity = notes.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  const warned = options.full ? bySeverity : bySeverity.slice(0, NOTES)
  if (notes.length > 0) lines.push('', paint.yellow('What the docs leave open:'))
  for (const { source, message } of warned) lines.push(`  ${formatSource(source)} ${message}`)
  if (warned.length < notes.length) {
    lines.push(`  … and ${notes.length - warned.length} more: --log-level debug shows all.`)
  }
  return `${lines.join('\n')}\n\n`
}

/** A certificate that nobody vouches for is refused by every client that has not been told of it. */
export const trustLines = (file: string): string[] => [
  `TLS:     ${file}`,
  `         made for this machine; trust it with NODE_EXTRA_CA_CERTS=${shellQuote(file)} or curl --cacert`,
]

/** Where to steer from. A token that was made up is told here and nowhere else. */
function controlLines({ control }: Standin, madeUp = false): string[] {
  if (control?.url === undefined) return []
  const { url, token, generated } = control
  return [
    `Page:    ${url}/_standin/`,
    `Control: ${url}/_standin/v1`,
    ...(token !== undefined && (generated || madeUp)
      ? [`Token:   ${token} (of the control API; told only here)`]
      : []),
  ]
}

function workerLines(workers: WorkersShown | undefined): string[] {
  if (!workers) return []
  const { count, alone } = workers
  return [
    `Workers: ${count}`,
    ...(alone
      ? ['         each on its own: no journal and no control API, which need --store redis://… to be shared']
      : []),
  ]
}

/** What is kept of requests: a line each, or of many only the names. */
function resourceLines({ resources = [] }: Standin, full: boolean): string[] {
  if (resources.length === 0) return []
  const count = `${resources.length} ${resources.length === 1 ? 'resource keeps' : 'resources keep'} state`
  if (!full && resources.length > RESOURCES) {
    const names = resources.slice(0, RESOURCES).map(({ collection }) => collection)
    return ['', `${count}: ${names.join(', ')}, …`]
  }
  const width = Math.max(...resources.map(({ collection }) => collection.length))
  return [
    '',
    `${count}:`,
    ...resources.map(({ collection, id, operations }) => {
      const actions = operations.map(({ operationId, action }) => `${action} ${operationId}`)
      return `  ${collection.padEnd(width)}  by ${id}: ${actions.join(', ')}`
    }),
  ]
}

/** The page's configured path, unless it is off or belongs to a documented operation, which wins. */
function address({ description }: Standin, url: string, path: string, fallback: string): string {
  const taken = description.operations.some(
    (operation) => operation.method === 'GET' && operation.path === path,
  )
  return url + (path === 'off' || taken ? fallback : path)
}

/** SGR sequences (ECMA-48 section 8.3.117), or nothing. */
function painter(colour: boolean) {
  const wrap = (start: number, end: number) => (text: string) =>
    colour ? `\u001B[${start}m${text}\u001B[${end}m` : text
  return { bold: wrap(1, 22), dim: wrap(2, 22), yellow: wrap(33, 39) }
}
