import type { ApiDescription } from '../../operation/description.js'
import type { Finding } from '../../operation/finding.js'
import { concat } from '../typescript/doc.js'
import {
  array,
  call,
  type Expression,
  keyText,
  type Member,
  name,
  object,
  string,
} from '../typescript/expression.js'
import { relativeImport } from './import-path.js'
import { literal } from './literal.js'
import { constants, importText, imports, type ModuleContext, moduleText, statement } from './module.js'
import { ModuleScope } from './module-scope.js'
import { documentConstant } from './schemas-module.js'
import type { SharedDocument } from './shared.js'

export interface IndexModule extends ModuleContext {
  readonly description: ApiDescription
  /** Constants of the operations in the order of the description, with the files that export them. */
  readonly operations: readonly { readonly constant: string; readonly file: string }[]
  readonly documents: readonly SharedDocument[]
}

export const INDEX = 'index.ts'
export const FINDINGS = 'findings.ts'
export const BEHAVIOUR = 'behaviour.ts'
export const EXAMPLES = 'fixtures/examples.json'

/** Names that the index needs itself. */
export const WORDS_OF_INDEX: readonly string[] = [
  'behaviours',
  'defineApi',
  'findings',
  'readExamples',
  'URL',
]

/** The module that puts the API together and exports it. */
export function indexModule(module: IndexModule): string {
  const { description, operations, documents, words } = module
  const { title, version, summary, securitySchemes, findings } = description
  const names = [...operations.map(({ constant }) => constant), ...documents.map(documentConstant)]
  const scope = new ModuleScope(INDEX, '', () => undefined, [...WORDS_OF_INDEX, ...names])
  const examples = call(scope.use('readExamples'), [
    call('new URL', [string(EXAMPLES), name('import.meta.url')]),
  ])
  const facts: Member[] = [
    ...literals({ title, version, summary }),
    ['operations', array(operations.map(({ constant }) => name(constant)))],
    ['examples', examples],
    ...ifAny('securitySchemes', Object.entries(securitySchemes), ([key, { source, ...rest }]) => [
      key,
      object([...literals(rest), ...(source ? [['source', scope.source(source)] as const] : [])]),
    ]),
    ...ifAny('documents', documents, (document) => [document.id, name(documentConstant(document))]),
    ...(findings.length > 0 ? [['findings', name('findings')] as const] : []),
    ['behaviours', name('behaviours')],
  ]
  const api = call(scope.use('defineApi'), [object(facts)])
  const files = new Map<string, string[]>([[BEHAVIOUR, ['behaviours']]])
  if (findings.length > 0) files.set(FINDINGS, ['findings'])
  for (const { constant, file } of operations) files.set(file, [...(files.get(file) ?? []), constant])
  for (const document of documents) files.set(document.file, [documentConstant(document)])
  const local = [...files].map(([file, all]) => importText(all, relativeImport(INDEX, file)))
  return moduleText(module, 'from the sources that its modules name', [
    [imports(scope, words), ...local].join('\n'),
    constants(scope),
    statement(concat('export default ', api.doc)),
  ])
}

/** What the sources leave open or get wrong, as it was when they were imported. */
export function findingsModule(findings: readonly Finding[], context: ModuleContext): string {
  const scope = new ModuleScope(FINDINGS, '', () => undefined, ['findings', 'Finding'])
  const rows = findings.map(({ rule, severity, message, source }) =>
    object([...literals({ rule, severity, message }), ['source', scope.source(source)]]),
  )
  scope.use('type Finding')
  const list = statement(concat('export const findings: Finding[] = ', array(rows).doc))
  return moduleText(context, 'from the sources that the findings name', [
    imports(scope, context.words),
    constants(scope),
    list,
  ])
}

/** The module that people write themselves, with what they need to begin. */
export function behaviourModule(operations: readonly string[], words: string): string {
  const example = operations[0] ?? 'operationId'
  return [
    importText(['type Behaviours'], words),
    '',
    '/**',
    ' * What operations do beyond replaying their documented examples, by operation id. This file is yours:',
    ' * it was written once and is never written again.',
    ' */',
    'export const behaviours: Behaviours = {',
    ...commented(example),
    '}',
    '',
  ].join('\n')
}

const commented = (operationId: string): string[] => [
  `  // ${keyText(operationId)}: async ({ request, state, example }) => {`,
  "  //   await state.update((documents) => documents.put('calls', 'last', { url: request.url }))",
  "  //   return { status: '200', body: example('200'), reason: 'The call was noted' }",
  '  // },',
]

const literals = (facts: Readonly<Record<string, unknown>>): Member[] =>
  Object.entries(facts).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, literal(value)] as const],
  )

const ifAny = <Item>(
  key: string,
  items: readonly Item[],
  write: (item: Item) => readonly [string, Expression],
): Member[] => (items.length === 0 ? [] : [[key, object(items.map(write))]])
