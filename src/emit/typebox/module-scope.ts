import { formatSource, parseSource, type SourceLocation } from '../../operation/source.js'
import { call, type Expression, number, string } from '../typescript/expression.js'
import { relativeImport } from './import-path.js'
import { camelCase, Names } from './names.js'
import type { SchemaScope } from './schema.js'

/** What {@link describePage} gives for the page that a module is about. */
const PAGE_WORDS = ['at', 'link', 'placeholder', 'source'] as const
export type PageWord = (typeof PAGE_WORDS)[number]

/** The words of `standin/describe` that a module may use. */
const WORDS =
  'asSchema describePage describeDocument header jsonBody jsonResponse media member operation parameter'.split(
    ' ',
  )

/** Names that every module may need for something else than an operation or a schema. */
export const WORDS_OF_MODULES: readonly string[] = [...WORDS, ...PAGE_WORDS]

/** Where a `$ref` of the description leads once it is written. */
export interface SharedSchema {
  /** The type's name in its module; undefined where it points inside a schema that has one. */
  readonly type: string | undefined
  /** The file of its module. */
  readonly file: string
  /** Id of the document, and a name for a constant that stands for it. */
  readonly document: string
  readonly documentName: string
  /** As it stands in the reference, after the `#`. */
  readonly pointer: string
}
export type FindShared = (reference: string) => SharedSchema | undefined

/** One module while it is being written: the names that are taken, and what has to stand at its top. */
export class ModuleScope implements SchemaScope {
  readonly names: Names
  /** Words of `standin/describe` that are used. */
  readonly words = new Set<string>()
  readonly typebox = new Set<string>()
  /** Types and constants of other modules, by module. */
  readonly imports = new Map<string, Set<string>>()
  readonly #types = new Map<string, string>()
  readonly pageWords = new Set<PageWord>()
  /** Constants for pages besides the main one. */
  readonly pages = new Map<string, string>()

  /** Constants for the documents that are referred to, by id. */
  readonly documents = new Map<string, string>()

  /**
   * @param file where the module is written, `folder/name.ts`
   * @param page the page that most of the module's facts come from
   */
  constructor(
    readonly file: string,
    readonly page: string,
    private readonly shared: FindShared,
    reserved: Iterable<string> = [],
  ) {
    this.names = new Names([...WORDS_OF_MODULES, ...reserved])
  }

  use(word: string): string {
    if (word === 'Type' || word === 'Static') this.typebox.add(word)
    else this.words.add(word)
    return word
  }

  origin(text: string): Expression | undefined {
    const source = parseSource(text)
    return source && formatSource(source) === text
      ? call(this.#pageWord(source.file, 'at'), [number(source.line)])
      : undefined
  }

  source(source: SourceLocation): Expression {
    return call(this.#pageWord(source.file, 'source'), [number(source.line)])
  }

  /** A word of the main page, such as `link`. */
  pageWord(word: PageWord): string {
    return this.#pageWord(this.page, word)
  }

  reference(to: string): Expression | undefined {
    const found = this.shared(to)
    if (!found) return undefined
    this.use('describeDocument')
    let constant = this.documents.get(found.document)
    if (constant === undefined) {
      constant = this.names.take(found.documentName, 'Document')
      this.documents.set(found.document, constant)
    }
    return call(`${constant}.ref`, [string(found.pointer)], this.#importType(found) ?? 'unknown')
  }

  typeOf(to: string): string | undefined {
    const found = this.shared(to)
    return found && this.#importType(found)
  }

  /** The name by which a type of another module is known in this one. */
  #importType({ type, file }: SharedSchema): string | undefined {
    if (type === undefined || file === this.file) return type
    const key = `${file} ${type}`
    const known = this.#types.get(key)
    if (known !== undefined) return known
    const local = this.names.take(type, 'Schema')
    this.#types.set(key, local)
    const module = relativeImport(this.file, file)
    const names = this.imports.get(module) ?? new Set()
    this.imports.set(module, names.add(local === type ? `type ${type}` : `type ${type} as ${local}`))
    return local
  }

  #pageWord(file: string, word: PageWord): string {
    this.use('describePage')
    if (file === this.page) {
      this.pageWords.add(word)
      return word
    }
    const known = this.pages.get(file)
    if (known !== undefined) return `${known}.${word}`
    const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
    const name = this.names.take(camelCase(base, 'page'), 'Page')
    this.pages.set(file, name)
    return `${name}.${word}`
  }
}
