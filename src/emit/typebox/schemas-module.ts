import { concat } from '../typescript/doc.js'
import { call, type Expression, name, object } from '../typescript/expression.js'
import {
  constants,
  constantText,
  imports,
  type ModuleContext,
  moduleText,
  namedSchema,
  statement,
} from './module.js'
import { type FindShared, ModuleScope } from './module-scope.js'
import { schemaExpression } from './schema.js'
import type { SharedDocument, SharedRoot } from './shared.js'
import { staticType } from './static-type.js'

/** The module of the schemas that operations share. */
export function schemasModule(document: SharedDocument, shared: FindShared, context: ModuleContext): string {
  const { id, file, roots } = document
  const scope = new ModuleScope(file, '', shared, [
    documentConstant(document),
    ...roots.map((root) => root.name),
  ])
  const body = roots.map((root) => rootText(root, scope))
  const tree = constantText(documentConstant(document), treeOf(roots))
  return moduleText(context, `from ${id}`, [imports(scope, context.words), constants(scope), ...body, tree])
}

/** The constant under which the document as a whole is exported. */
export const documentConstant = ({ name }: SharedDocument): string => `${name}Schemas`

/** A schema that refers to itself cannot have its type read off: the type is written first. */
function rootText({ name: constant, schema, circular }: SharedRoot, scope: ModuleScope): string {
  const expression = schemaExpression(schema, scope)
  if (!circular) return namedSchema({ name: constant, expression }, scope)
  const type = staticType(schema, (to) => scope.typeOf(to))
  const declared = statement(concat(`export type ${constant} = `, type))
  return `${declared}\n${constantText(constant, call('Type.Unsafe', [expression], constant))}`
}

interface Tree {
  readonly children: Map<string, Tree>
  leaf?: string
}

/** The document as references see it: its named schemas where they stood. */
function treeOf(roots: readonly SharedRoot[]): Expression {
  const tree: Tree = { children: new Map() }
  for (const root of roots) {
    let node = tree
    for (const token of root.tokens) {
      const next = node.children.get(token) ?? { children: new Map() }
      node.children.set(token, next)
      node = next
    }
    node.leaf = root.name
  }
  return branch(tree)
}

const branch = ({ children, leaf }: Tree): Expression =>
  leaf === undefined
    ? object([...children].map(([token, child]) => [token, branch(child)] as const))
    : name(leaf)
