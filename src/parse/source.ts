import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { altered } from '../operation/late.js'
import { mergeOperations, operationKey } from '../operation/merge.js'
import { once } from '../operation/once.js'
import { operationIdOf } from '../operation/operation-id.js'
import type { Operation } from '../operation/operation.js'
import { joinSchemes } from './gitbook/credentials.js'
import type { OpenApiFiles } from './gitbook/openapi-block.js'
import { type Page, readPage } from './gitbook/page.js'
import { kindOf } from './kind.js'
import { readOpenApi } from './openapi/read-openapi.js'
import { withExampleFiles } from './examples.js'
import { readPostman } from './postman.js'
import { FileCache } from './read-cache.js'
import type { ReadContext, SourceFile } from './source-file.js'

export type { ReadContext, SourceFile } from './source-file.js'

/** What was read before, so that only what has changed is read. */
export class ReadCache {
  readonly pages = new FileCache<ReadPage>()
  readonly descriptions = new FileCache<ApiDescription | string>()

  /** All files that the last reading referred to, whether they are there or not. */
  get references(): ReadonlySet<string> {
    return new Set([...this.pages.references, ...this.descriptions.references])
  }

  settle(): void {
    this.pages.settle()
    this.descriptions.settle()
  }
}

interface ReadPage {
  readonly page: Page
  /** The OpenAPI files that it embeds. */
  readonly embedded: readonly string[]
}

export interface ReadOptions {
  /** Changes the path of each operation that a file documents, before operations are merged: to strip or set a base. */
  readonly pathOf?: (path: string, file: string) => string
  /** Whether an OpenAPI file's own base (its servers) is left out, since `pathOf` gives another. */
  readonly dropsBase?: (file: string) => boolean
  /** Told of each file that has been read. */
  readonly onRead?: (read: number, total: number) => void
  readonly cache?: ReadCache
}

/** Reads one document, whatever it is written in: a GitBook page, OpenAPI, a Postman collection, examples. */
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
  const { cache = new ReadCache(), onRead } = options
  const described = new Describer(files, context, cache, options)
  const read = files.map((file, index) => {
    const result = kindOf(file) === 'examples' ? NOTHING : rebased(readFile(file, described, cache), options)
    onRead?.(index + 1, files.length)
    return result
  })
  cache.settle()
  const joined = mergeOperations(read.flatMap((one) => one.operations))
  const documented = new Set(joined.operations.map(operationKey))
  const alternatives = read.flatMap((one) => one.alternatives)
  const others = mergeOperations(alternatives.filter((other) => !documented.has(operationKey(other))))
  const own = read.flatMap(({ description }) => description ?? [])
  const descriptions = [...new Set([...own, ...described.used])]
  const [first] = descriptions
  const shown = withExampleFiles(
    withUniqueIds([...joined.operations, ...others.operations]),
    files.filter((file) => kindOf(file) === 'examples'),
  )
  const findings = once(() => [...read.flatMap((one) => one.findings), ...joined.findings, ...shown.findings])
  return {
    ...(first?.version !== undefined && { version: first.version }),
    ...(first?.summary !== undefined && { summary: first.summary }),
    title: first?.title ?? read.find((one) => one.title !== undefined)?.title ?? files[0]?.path ?? 'API',
    operations: shown.operations,
    securitySchemes: joinSchemes([...descriptions, ...read].map((one) => one.securitySchemes)),
    documents: Object.assign({}, ...descriptions.map((one) => one.documents)),
    ...knownTypes(read),
    get findings() {
      return findings()
    },
  }
}

type Read = Page & { description?: ApiDescription }

/** Examples document nothing by themselves. */
const NOTHING: Read = {
  title: undefined,
  operations: [],
  alternatives: [],
  securitySchemes: {},
  findings: [],
}

function readFile(file: SourceFile, described: Describer, cache: ReadCache): Read {
  if (kindOf(file) === 'page') {
    const { page, embedded } = cache.pages.through(file, described.texts, (context) => {
      const embedded: string[] = []
      const read = (path: string): ApiDescription | string => {
        const description = described.read(path)
        embedded.push(path)
        // Asked for once more through the page's own context, which keeps what the page rests on.
        for (const part of [path, ...cache.descriptions.referencesOf(path)]) context.read(part)
        return description
      }
      return { page: readPage(file, { read }), embedded }
    })
    // A page that was kept still rests on the schemas of its files.
    for (const path of embedded) described.read(path)
    return page
  }
  const read = described.describe(file)
  if (typeof read !== 'string') {
    const { title, operations } = read
    return {
      title,
      operations,
      alternatives: [],
      securitySchemes: {},
      description: read,
      get findings() {
        return read.findings
      },
    }
  }
  const source = { file: file.path, line: 1 }
  const finding: Finding = { rule: 'source-unreadable', severity: 'error', message: read, source }
  return { title: undefined, operations: [], alternatives: [], securitySchemes: {}, findings: [finding] }
}

/** Where all operations come from files that say their media types beforehand, those. */
function knownTypes(read: readonly Read[]): Pick<ApiDescription, 'mediaTypes'> {
  const known = read.map(({ description }) => description?.mediaTypes)
  return known.includes(undefined) ? {} : { mediaTypes: [...new Set(known.flatMap((types) => types ?? []))] }
}

/** Where several files document an operation, the one that defines it says how its path is changed. */
function rebased(read: Read, { pathOf }: ReadOptions): Read {
  if (pathOf === undefined) return read
  const move = (operation: Operation): Operation =>
    altered(operation, { path: pathOf(operation.path, operation.source.file) })
  return altered(read, {
    operations: read.operations.map(move),
    alternatives: read.alternatives.map(move),
  })
}

/** OpenAPI and Postman files, each read once, whether they are sources or only named by pages. */
class Describer implements OpenApiFiles {
  /** The descriptions that operations come from. */
  readonly used = new Set<ApiDescription>()
  readonly #read = new Map<string, ApiDescription | string>()
  /** The texts of all files, those that are sources first. */
  readonly texts: ReadContext

  constructor(
    files: readonly SourceFile[],
    context: ReadContext,
    private readonly cache: ReadCache,
    private readonly options: ReadOptions,
  ) {
    const sources = new Map(files.map((file) => [file.path, file.text]))
    this.texts = { read: (path) => sources.get(path) ?? context.read(path) }
  }

  read(path: string): ApiDescription | string {
    const text = this.texts.read(path)
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
    return this.cache.descriptions.through(file, this.texts, (context) => {
      try {
        if (kindOf(file) === 'postman') return readPostman(file)
        const dropsBase = this.options.dropsBase?.(file.path) === true
        return readOpenApi(file, context, dropsBase ? { basePath: '' } : {})
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    })
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
    return operationId === operation.operationId ? operation : altered(operation, { operationId })
  })
}
