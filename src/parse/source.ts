import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { mergeOperations, operationKey } from '../operation/merge.js'
import { operationIdOf } from '../operation/operation-id.js'
import type { Operation } from '../operation/operation.js'
import type { OpenApiFiles } from './gitbook/openapi-block.js'
import { type Page, readPage } from './gitbook/page.js'
import { kindOf } from './kind.js'
import { readOpenApi } from './openapi/read-openapi.js'
import { readPostman } from './postman.js'
import type { ReadContext, SourceFile } from './source-file.js'

export type { ReadContext, SourceFile } from './source-file.js'

export interface ReadOptions {
  /** Changes the path of each operation that a file documents, before operations are merged: to strip or set a base. */
  readonly pathOf?: (path: string, file: string) => string
}

/** Reads one document, whatever it is written in: a GitBook page, OpenAPI, a Postman collection. */
export const readSource = (file: SourceFile, context: ReadContext, options?: ReadOptions): ApiDescription =>
  readSources([file], context, options)

/**
 * Reads several documents as one description. An operation that several places document is one, with
 * the union of what they say. A file that cannot be read is a finding; the rest is read.
 */
export function readSources(
  files: readonly SourceFile[],
  context: ReadContext,
  options: ReadOptions = {},
): ApiDescription {
  const described = new Describer(files, context)
  const read = files.map((file) => rebased(readFile(file, described), file.path, options))
  const { operations, findings } = mergeOperations(read.flatMap((one) => one.operations))
  const documented = new Set(operations.map(operationKey))
  const alternatives = read.flatMap((one) => one.alternatives)
  const others = mergeOperations(alternatives.filter((other) => !documented.has(operationKey(other))))
  const own = read.flatMap(({ description }) => description ?? [])
  const descriptions = [...new Set([...own, ...described.used])]
  const [first] = descriptions
  return {
    ...first,
    title: first?.title ?? read.find((one) => one.title !== undefined)?.title ?? files[0]?.path ?? 'API',
    operations: withUniqueIds([...operations, ...others.operations]),
    securitySchemes: Object.assign({}, ...descriptions.map((one) => one.securitySchemes)),
    documents: Object.assign({}, ...descriptions.map((one) => one.documents)),
    findings: [...read.flatMap((one) => one.findings), ...findings],
  }
}

type Read = Page & { description?: ApiDescription }

function readFile(file: SourceFile, described: Describer): Read {
  if (kindOf(file) === 'page') return readPage(file, described)
  const read = described.describe(file)
  if (typeof read !== 'string') {
    const { title, operations, findings } = read
    return { title, operations, findings, alternatives: [], description: read }
  }
  const source = { file: file.path, line: 1 }
  const finding: Finding = { rule: 'source-unreadable', severity: 'error', message: read, source }
  return { title: undefined, operations: [], alternatives: [], findings: [finding] }
}

function rebased(read: Read, file: string, { pathOf }: ReadOptions): Read {
  if (pathOf === undefined) return read
  const move = (operation: Operation): Operation => ({ ...operation, path: pathOf(operation.path, file) })
  return { ...read, operations: read.operations.map(move), alternatives: read.alternatives.map(move) }
}

/** OpenAPI and Postman files, each read once, whether they are sources or only named by pages. */
class Describer implements OpenApiFiles {
  /** The descriptions that operations come from. */
  readonly used = new Set<ApiDescription>()
  readonly #read = new Map<string, ApiDescription | string>()
  readonly #texts: ReadonlyMap<string, SourceFile>

  constructor(
    files: readonly SourceFile[],
    private readonly context: ReadContext,
  ) {
    this.#texts = new Map(files.map((file) => [file.path, file]))
  }

  read(path: string): ApiDescription | string {
    const text = this.#texts.get(path)?.text ?? this.context.read(path)
    if (text === undefined) return `There is no file ${path}. Correct the reference, or put the file there.`
    const read = this.describe({ path, text })
    if (typeof read !== 'string') this.used.add(read)
    return read
  }

  describe(file: SourceFile): ApiDescription | string {
    const known = this.#read.get(file.path)
    if (known !== undefined) return known
    const read = this.#describe(file)
    this.#read.set(file.path, read)
    return read
  }

  #describe(file: SourceFile): ApiDescription | string {
    const kind = kindOf(file)
    if (kind === 'page') return `${file.path} is a page and no OpenAPI file.`
    try {
      return kind === 'postman' ? readPostman(file) : readOpenApi(file, this.context)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

/** Ids as they are where they are free; else made from method and path, else numbered. */
function withUniqueIds(operations: readonly Operation[]): Operation[] {
  const taken = new Set<string>()
  const numbers = new Map<string, number>()
  return operations.map((operation) => {
    const { method, path } = operation
    const wanted = taken.has(operation.operationId) ? operationIdOf(method, path) : operation.operationId
    let operationId = wanted
    for (let number = numbers.get(wanted) ?? 2; taken.has(operationId); number += 1) {
      operationId = `${wanted}${number}`
      numbers.set(wanted, number + 1)
    }
    taken.add(operationId)
    return { ...operation, operationId }
  })
}
