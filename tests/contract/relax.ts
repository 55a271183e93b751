import type { Unsupported } from '../../src/contract/unsupported.js'
import { isObject } from '../../src/operation/json-object.js'
import { kindOf, memberOf, unescapePointer } from '../../src/contract/value.js'

/** The schema without the constraints that the compiler says it left out: what Pact must agree with exactly. */
export function relax(schema: unknown, unsupported: readonly Unsupported[]): unknown {
  let root: unknown = JSON.parse(JSON.stringify(schema))
  for (const { pointer, scope } of unsupported) {
    const segments = pointer.split('/').slice(1).map(unescapePointer)
    const keyword = segments.pop() ?? ''
    if (scope === 'keyword') {
      const parent = segments.reduce<unknown>(
        (at, name) => (Array.isArray(at) ? at[Number(name)] : memberOf(at, name)),
        root,
      )
      if (isObject(parent)) dropKeyword(parent, keyword)
    } else root = replaceAt(root, segments)
  }
  return root
}

/** `const` and `enum` also say the type, which stays asserted. */
function dropKeyword(schema: Record<string, unknown>, keyword: string): void {
  const values = keyword === 'const' ? [schema.const] : keyword === 'enum' ? [schema.enum].flat() : undefined
  if (values) schema.type ??= [...new Set(values.map(kindOf))]
  delete schema[keyword]
}

function replaceAt(node: unknown, [name, ...rest]: string[]): unknown {
  if (name === undefined) return true
  if (Array.isArray(node))
    return node.map((item, index) => (String(index) === name ? replaceAt(item, rest) : item) as unknown)
  return isObject(node) && name in node ? { ...node, [name]: replaceAt(node[name], rest) } : node
}
