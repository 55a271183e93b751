import { append } from '../operation/append.js'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { mergeOperations, operationKey } from '../operation/merge.js'
import { operationIdOf, uniqueName } from '../operation/operation-id.js'
import type { Operation } from '../operation/operation.js'
import type { OpenApiFiles } from './gitbook/openapi-block.js'
import { readPage } from './gitbook/page.js'
import { kindOf } from './kind.js'
import { readOpenApi } from './openapi/read-openapi.js'
import type { ReadContext, SourceFile } from './source-file.js'

export type { ReadContext, SourceFile } from './source-file.js'

/** Reads one document, whatever it is written in: a GitBook page, OpenAPI, a Postman collection. */
export const readSource = (file: SourceFile, context: ReadContext): ApiDescription =>
  readSources([file], context)

interface Reading {
  descriptions: ApiDescription[]
  operations: Operation[]
  alternatives: Operation[]
  findings: Finding[]
  title: string | undefined
}

/**
 * Reads several documents as one description. An operation that several places document is one, with
 * the union of what they say. A file that cannot be read is a finding; the rest is read.
 */
export function readSources(files: readonly SourceFile[], context: ReadContext): ApiDescription {
  const reading: Reading = {
    descriptions: [],
    operations: [],
    alternatives: [],
    findings: [],
    title: undefined,
  }
  const described = new Describer(files, context)
  for (const file of files) readFile(file, described, reading)
  const { operations, findings } = mergeOperations(reading.operations)
  const documented = new Set(operations.map(operationKey))
  const others = mergeOperations(reading.alternatives.filter((other) => !documented.has(operationKey(other))))
  const descriptions = [...new Set([...reading.descriptions, ...described.used])]
  const [first] = descriptions
  return {
    ...first,
    title: first?.title ?? reading.title ?? files[0]?.path ?? 'API',
    operations: withUniqueIds([...operations, ...others.operations]),
    securitySchemes: Object.assign({}, ...descriptions.map((one) => one.securitySchemes)),
    documents: Object.assign({}, ...descriptions.map((one) => one.documents)),
    findings: [...reading.findings, ...findings],
  }
}

function readFile(file: SourceFile, described: Describer, reading: Reading): void {
  if (kindOf(file) === 'page') {
    const page = readPage(file, described)
    reading.title ??= page.title
    append(reading.operations, page.operations)
    append(reading.alternatives, page.alternatives)
    append(reading.findings, page.findings)
    return
  }
  const read = described.describe(file)
  if (typeof read === 'string') {
    reading.findings.push({
      rule: 'source-unreadable',
      severity: 'error',
      message: read,
      source: { file: file.path, line: 1 },
    })
    return
  }
  reading.descriptions.push(read)
  append(reading.operations, read.operations)
  append(reading.findings, read.findings)
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
    if (kindOf(file) === 'page') return `${file.path} is a page and no OpenAPI file.`
    try {
      return readOpenApi(file, this.context)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

/** Ids as they are where they are free; else made from method and path, else numbered. */
function withUniqueIds(operations: readonly Operation[]): Operation[] {
  const taken = new Set<string>()
  return operations.map((operation) => {
    const free = !taken.has(operation.operationId)
    const wanted = free ? operation.operationId : operationIdOf(operation.method, operation.path)
    return { ...operation, operationId: uniqueName(wanted, taken) }
  })
}
