import type { SourceLocation } from '../../operation/source.js'
import { append } from '../../operation/append.js'
import type { Finding } from '../../operation/finding.js'
import { Method, type Operation } from '../../operation/operation.js'
import { titledOperationId } from '../../operation/operation-title.js'
import { Value } from '@sinclair/typebox/value'
import {
  addCurlBodies,
  curlSamples,
  withCurlValues,
  type CurlTarget,
  disagreements,
  missingParameters,
  otherMediaTypes,
  samePath,
  targetsOf,
  undocumentedHeaders,
} from './curl-facts.js'
import { ExampleNames } from './examples.js'
import { isContentType, requestBodyOf } from './bodies.js'
import type { BlockFacts } from './facts.js'
import { readParameters } from './parameters.js'
import { responsesOf } from './responses.js'
import { withResultCodes } from './result-codes.js'
import { readUrl, type UrlFacts } from './url.js'

export interface Assembled {
  operation?: Operation
  /** The operation as its curl commands call it, where that differs: served unless it is documented itself. */
  alternatives: Operation[]
  findings: Finding[]
}

/** The operation that a block and its surroundings document, or the reason why there is none. */
export function assemble(facts: BlockFacts): Assembled {
  const targets = targetsOf(facts)
  const findings: Finding[] = []
  const url = urlOf(facts, targets, findings)
  const method = methodOf(facts, url, targets, findings)
  if (url === undefined || method === undefined)
    return { alternatives: [], findings: [...facts.findings, ...findings] }
  addCurlBodies(facts)
  append(
    findings,
    url.mended.map((message): Finding => mendedUrl(message, facts)),
  )
  append(findings, pathInBase(facts, url))
  const { path } = url
  const { parameters, body, findings: misplaced } = readParameters(facts, url, method)
  append(findings, [
    ...misplaced,
    ...disagreements(method, path, targets),
    ...undocumentedHeaders(facts),
    ...missingParameters(method, path, parameters, targets),
    ...otherMediaTypes(facts),
  ])
  const names = new ExampleNames()
  const request = requestBodyOf(facts, body, parameters, names)
  const { responses, findings: unsaid } = responsesOf(facts, new ExampleNames())
  append(findings, [...request.findings, ...unsaid])
  if (request.requestBody !== undefined && (method === 'GET' || method === 'HEAD'))
    findings.push(bodyOnGet(method, facts))
  const operation: Operation = {
    operationId: titledOperationId(facts.summary, method, path),
    method,
    path,
    parameters: withCurlValues(parameters, targets).filter(
      (one) => one.in !== 'header' || !isContentType(one),
    ),
    responses: withResultCodes(responses, facts.resultCodes, new ExampleNames()),
    resultCodes: facts.resultCodes,
    links: facts.links,
    source: facts.source,
    sources: [facts.source],
  }
  if (targets.length > 0) operation.curls = curlSamples(targets)
  if (facts.summary !== undefined) operation.summary = facts.summary
  if (facts.description.length > 0) operation.description = facts.description.join('\n\n')
  if (request.requestBody !== undefined) operation.requestBody = request.requestBody
  return {
    operation,
    alternatives: alternativesOf(operation, targets),
    findings: [...facts.findings, ...findings],
  }
}

function urlOf(facts: BlockFacts, targets: readonly CurlTarget[], findings: Finding[]): UrlFacts | undefined {
  const url = readUrl(facts.baseUrl ?? '', facts.path ?? '')
  if (url !== undefined) return url
  const [target] = targets
  const message =
    target === undefined
      ? 'The block states no path, so there is nothing to serve. Give it a path attribute.'
      : `The block states no path; ${target.url.path} is taken from its curl command. Give it a path attribute.`
  findings.push({
    ...(target === undefined
      ? { rule: 'path-missing', severity: 'error' }
      : { rule: 'path-assumed', severity: 'warning' }),
    message,
    source: facts.source,
  })
  return target?.url
}

function methodOf(
  facts: BlockFacts,
  url: UrlFacts | undefined,
  targets: readonly CurlTarget[],
  findings: Finding[],
): Method | undefined {
  const written = (facts.method ?? '').trim()
  for (const candidate of [written, url?.method ?? '', ...targets.map((target) => target.method)]) {
    const name = candidate.toUpperCase() === 'DEL' ? 'DELETE' : candidate.toUpperCase()
    if (!Value.Check(Method, name)) continue
    if (candidate === written) return name
    const message = `The block states ${written === '' ? 'no method' : `the method \`${written}\``}; ${name} is taken from what stands around it.`
    findings.push({ rule: 'method-assumed', severity: 'warning', message, source: facts.source })
    return name
  }
  const message = `The block states ${written === '' ? 'no method' : `the method \`${written}\`, which is none`}. Give it method="get", "post", ...`
  findings.push({ rule: 'method-missing', severity: 'error', message, source: facts.source })
  return undefined
}

/**
 * The same operation under each method and path that its curl commands use. Where a command differs
 * in both, either difference may be the slip, so that every combination is served.
 */
function alternativesOf(operation: Operation, targets: readonly CurlTarget[]): Operation[] {
  const alternatives = new Map<string, Operation>()
  const add = (method: Method, path: string, source: SourceLocation): void => {
    const key = `${method} ${path}`
    if (path === '/' || alternatives.has(key) || (method === operation.method && path === operation.path))
      return
    const same = path === operation.path
    const parameters = same ? operation.parameters : operation.parameters.filter((one) => one.in !== 'path')
    const operationId = titledOperationId(undefined, method, path)
    alternatives.set(key, {
      ...operation,
      operationId,
      method,
      path,
      parameters,
      source,
      sources: [source, operation.source],
    })
  }
  for (const { method, url, curl } of targets) {
    if (!Value.Check(Method, method)) continue
    const path = samePath(url.path, operation.path) ? slashedAs(url.path, operation.path) : url.path
    add(method, path, curl.source)
    add(method, operation.path, curl.source)
    add(operation.method, path, curl.source)
  }
  return [...alternatives.values()]
}

/** The documented path with a slash at its end where the command has one, and without where it has none: to a router these are two. */
const slashedAs = (called: string, documented: string): string =>
  documented === '/' ? documented : documented.replace(/\/$/, '') + (called.endsWith('/') ? '/' : '')

const mendedUrl = (message: string, facts: BlockFacts): Finding => ({
  rule: 'url-mended',
  severity: 'info',
  message: `${message}.`,
  source: facts.source,
})

/** An address that stands in the base as a whole says nothing to a reader who looks for the path. */
function pathInBase(facts: BlockFacts, { path }: UrlFacts): Finding[] {
  if ((facts.path ?? '').trim() !== '' || (facts.baseUrl ?? '').trim() === '' || path === '/') return []
  const message = `The path ${path} stands in the base URL, and the block's own path is empty. Leave the host in baseUrl and move the rest to path.`
  return [{ rule: 'path-in-base-url', severity: 'info', message, source: facts.source }]
}

const bodyOnGet = (method: string, facts: BlockFacts): Finding => ({
  rule: 'get-with-body',
  severity: 'warning',
  message: `${method} is documented with a body, which browsers and many clients cannot send. Say query parameters, or another method.`,
  source: facts.fields.find((field) => field.in === 'body')?.source ?? facts.source,
})
