import { decoded } from '../../operation/decoded.js'
import type { ApiDescription } from '../../operation/description.js'
import { distinct } from '../../operation/distinct.js'
import type { Finding } from '../../operation/finding.js'
import { joinOperations } from '../../operation/merge.js'
import type { Operation } from '../../operation/operation.js'
import { pathShape } from '../../operation/path.js'
import { formatSource } from '../../operation/source.js'
import type { Tag } from '../blocks.js'
import { pathFrom } from '../source-file.js'
import { linksOf } from '../text.js'
import { assemble } from './assemble.js'
import { targetsOf, withCurlValues } from './curl-facts.js'
import type { BlockFacts } from './facts.js'
import { mendings } from './mendings.js'

/** The OpenAPI files that pages embed, each read once. */
export interface OpenApiFiles {
  /** The description at a path relative to the working directory; a string says why there is none. */
  read(path: string): ApiDescription | string
}

/** `{% openapi %}`, `{% openapi-operation %}`, and `{% swagger %}` with a `src`. */
export const isOpenApiBlock = (tag: Tag): boolean =>
  tag.name === 'openapi' || tag.name === 'openapi-operation' || tag.attributes.values.has('src')

/**
 * The operations that a block takes from a file, joined with what the page itself says around it.
 * Where the file cannot be read, the page's method and path still are facts: they are served, and
 * a finding says what is missing.
 */
export function readOpenApiBlock(
  tag: Tag,
  facts: BlockFacts,
  files: OpenApiFiles,
): { operations: Operation[]; findings: Finding[] } {
  const at = facts.source
  const findings = tag.name === 'swagger' ? [] : mendings({ ...tag, closed: true }, at.file)
  const fail = (rule: string, severity: Finding['severity'], message: string): void => {
    findings.push({ rule, severity, message, source: at })
  }
  const named = sourceOf(tag)
  const read = describe(named, at.file, files)
  if (typeof read === 'string') {
    const stated = statedOperation(facts)
    fail(/^https?:/i.test(named ?? '') ? 'remote-reference' : 'dead-reference', 'error', read)
    return { operations: stated.operations, findings: [...findings, ...stated.findings] }
  }
  const method = facts.method?.trim().toUpperCase() ?? ''
  const path = facts.path?.trim() ?? ''
  if (method === '' && path === '') {
    const operations = read.operations.map((operation) => ({
      ...operation,
      sources: [...operation.sources, at],
    }))
    return { operations, findings: [...findings, ...facts.findings] }
  }
  const operation = find(read.operations, method, path)
  if (operation === undefined) {
    const near = read.operations.filter((other) => pathShape(other.path).endsWith(pathShape(path)))
    const hint =
      near.length === 0 ? '' : ` It has ${near.map((other) => `${other.method} ${other.path}`).join(', ')}.`
    fail(
      'operation-not-in-file',
      'error',
      `${named} has no ${method} ${path}.${hint} Correct the block or the file.`,
    )
    const stated = statedOperation(facts)
    return { operations: stated.operations, findings: [...findings, ...stated.findings] }
  }
  const known = operation.parameters
  const page = assemble({ ...facts, known, method: operation.method, baseUrl: '', path: operation.path })
  const own = page.operation
  const joined = own === undefined ? operation : joinOperations([operation, onlyFacts(own, operation)])
  const parameters = withCurlValues(joined.parameters, targetsOf(facts))
  const sources = distinct([...joined.sources, at], formatSource)
  return { operations: [{ ...joined, parameters, sources }], findings: [...findings, ...page.findings] }
}

/** The file that a block names: its `src`, else the link inside it. */
function sourceOf(tag: Tag): string | undefined {
  const src = tag.attributes.values.get('src')?.trim()
  if (src) return src
  for (const child of tag.children) {
    const [link] = child.kind === 'paragraph' ? linksOf(child.markdown) : []
    if (link !== undefined) return link.href
  }
  return undefined
}

function describe(named: string | undefined, file: string, files: OpenApiFiles): ApiDescription | string {
  if (named === undefined)
    return 'The block names no OpenAPI file. Give it src="…" with a path relative to the page.'
  if (/^[a-z][\w+.-]*:/i.test(named) || named.startsWith('//')) {
    return `${named} is not fetched. Put the file beside the pages and name it by its path.`
  }
  const candidates = [...new Set([named, decoded(named), decoded(named).split(/[?#]/)[0] ?? named])]
  let problem = ''
  for (const candidate of candidates) {
    const read = files.read(pathFrom(file, candidate))
    if (typeof read !== 'string') return read
    problem ||= read
  }
  return problem
}

const shapeOf = (path: string): string => pathShape(path).replace(/\/$/, '')

/** By the path as written, else by its end, for a file's servers add a base that the page leaves out. */
function find(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  const shape = shapeOf(path)
  const same = operations.filter((operation) => method === '' || operation.method === method)
  return (
    same.find((operation) => operation.path === path) ??
    same.find((operation) => shapeOf(operation.path) === shape) ??
    same.find((operation) => shapeOf(operation.path).endsWith(shape.startsWith('/') ? shape : `/${shape}`))
  )
}

/** What the page's method and path alone make, where the file does not help. */
function statedOperation(facts: BlockFacts): { operations: Operation[]; findings: Finding[] } {
  if (!facts.method?.trim() || !facts.path?.trim()) return { operations: [], findings: facts.findings }
  const { operation, findings } = assemble(facts)
  return { operations: operation === undefined ? [] : [operation], findings }
}

/** The page's account without what it does not say: a missing parameter is no denial that the file's is required. */
function onlyFacts(own: Operation, file: Operation): Operation {
  const known = new Set(own.parameters.map((parameter) => `${parameter.in} ${parameter.name}`))
  const missing = file.parameters.filter((parameter) => !known.has(`${parameter.in} ${parameter.name}`))
  const parameters = own.parameters.map((parameter) => {
    const same = file.parameters.find((other) => other.in === parameter.in && other.name === parameter.name)
    return parameter.required === undefined && same?.required !== undefined
      ? { ...parameter, required: same.required }
      : parameter
  })
  const account: Operation = { ...own, parameters: [...parameters, ...missing] }
  if (account.requestBody !== undefined && file.requestBody?.required) {
    account.requestBody = { ...account.requestBody, required: true }
  } else if (account.requestBody === undefined && file.requestBody !== undefined)
    account.requestBody = file.requestBody
  return account
}
