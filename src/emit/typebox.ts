import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { examplesText } from './typebox/examples.js'
import { moduleFiles } from './typebox/file-names.js'
import {
  BEHAVIOUR,
  behaviourModule,
  EXAMPLES,
  FINDINGS,
  findingsModule,
  INDEX,
  indexModule,
  WORDS_OF_INDEX,
} from './typebox/index-module.js'
import { inlineSchemas } from './typebox/inline.js'
import { operationsModule } from './typebox/module.js'
import { WORDS_OF_MODULES } from './typebox/module-scope.js'
import { camelCase, kebabCase, Names } from './typebox/names.js'
import { schemasModule } from './typebox/schemas-module.js'
import { findShared, sharedDocuments } from './typebox/shared.js'

export { GENERATED } from './typebox/module.js'

export interface EmittedFile {
  /** Relative to the folder that is written to, with `/` between folders. */
  readonly path: string
  readonly text: string
  /** `once` for a file that belongs to people as soon as it is there. */
  readonly written: 'always' | 'once'
}

export interface TypeBoxOptions {
  /** From where the modules import their words; `standin/describe` for whoever uses the package. */
  readonly words?: string
}

/** More operations than this of one file are parted by their first tag. */
const LARGE = 20

/**
 * An API as TypeBox modules: one for each page, one for the schemas that operations share, one for what
 * the sources leave open, one that puts them together, and the examples as JSON. Loaded again they give
 * the same description, its own schemas in place of references to a part of a document.
 */
export function emitTypeBox(description: ApiDescription, options: TypeBoxOptions = {}): EmittedFile[] {
  const { words = 'standin/describe' } = options
  const operations = inlineSchemas(description.operations, description.documents)
  const whole = { ...description, operations }
  const documents = sharedDocuments(whole)
  const shared = findShared(documents)
  const constants = new Names([...WORDS_OF_MODULES, ...WORDS_OF_INDEX])
  const modules = grouped(operations).map(({ file, page, operations }) => ({
    file,
    page,
    operations: new Map(
      operations.map((one) => [constants.take(camelCase(one.operationId, 'operation'), 'Operation'), one]),
    ),
  }))
  const placed = new Map(
    modules.flatMap(({ file, operations }) =>
      [...operations].map(([constant, one]) => [one, { constant, file }] as const),
    ),
  )
  return [
    ...modules.map((one) => always(one.file, operationsModule({ ...one, words, shared }))),
    ...documents.map((one) => always(one.file, schemasModule(one, shared, words))),
    ...(whole.findings.length > 0 ? [always(FINDINGS, findingsModule(whole.findings, words))] : []),
    always(
      INDEX,
      indexModule({
        description: whole,
        operations: operations.flatMap((one) => placed.get(one) ?? []),
        documents,
        words,
      }),
    ),
    always(EXAMPLES, examplesText(operations)),
    {
      path: BEHAVIOUR,
      text: behaviourModule(
        operations.map(({ operationId }) => operationId),
        words,
      ),
      written: 'once',
    },
  ]
}

const always = (path: string, text: string): EmittedFile => ({ path, text, written: 'always' })

interface Group {
  readonly file: string
  readonly page: string
  readonly operations: readonly Operation[]
}

function grouped(operations: readonly Operation[]): Group[] {
  const byPage = groupedBy(operations, ({ source }) => source.file)
  const files = moduleFiles([...byPage.keys()])
  return [...byPage].flatMap(([page, all]) => {
    const file = files.get(page) ?? `${kebabCase(page)}.ts`
    if (all.length <= LARGE) return [{ file, page, operations: all }]
    const byTag = groupedBy(all, ({ tags }) => kebabCase(tags?.[0] ?? ''))
    const folder = file.replace(/\.ts$/, '')
    return [...byTag].map(([tag, some]) => ({
      file: tag === '' || byTag.size === 1 ? file : `${folder}/${tag}.ts`,
      page,
      operations: some,
    }))
  })
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
