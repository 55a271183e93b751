import type { ApiDescription } from '../../operation/description.js'
import type { FindShared, SharedSchema } from './module-scope.js'
import { camelCase, kebabCase, Names, pascalCase } from './names.js'
import { fragmentTokens, referencesIn, valueAt } from './pointer.js'

/** A schema of a document that is written under a name of its own. */
export interface SharedRoot {
  readonly name: string
  readonly tokens: readonly string[]
  readonly schema: unknown
  /** Whether references lead from it back to it. */
  readonly circular: boolean
}

export interface SharedDocument {
  readonly id: string
  /** Where its module is written. */
  readonly file: string
  readonly name: string
  readonly roots: readonly SharedRoot[]
}

/** The schemas that operations share, by document: those that can be reached from an operation. */
export function sharedDocuments({ operations, documents }: ApiDescription): SharedDocument[] {
  const reached = reach(operations, documents)
  const files = new Names()
  const all = [...reached].map(([id, pointers]): SharedDocument => {
    const base = baseName(id)
    const names = new Names()
    const roots = outermost([...pointers.values()]).map((tokens): SharedRoot => {
      const schema = valueAt(documents[id], tokens)
      return {
        name: names.take(pascalCase(nameFrom(tokens), 'Schema'), 'Schema'),
        tokens,
        schema,
        circular: false,
      }
    })
    const file =
      reached.size === 1 ? 'schemas.ts' : `${files.take(`${kebabCase(base) || 'shared'}-schemas`)}.ts`
    return { id, file, name: camelCase(base, 'shared'), roots }
  })
  return markCircular(all)
}

/** Where references lead once these documents are written. */
export function findShared(documents: readonly SharedDocument[]): FindShared {
  const byId = new Map(documents.map((document) => [document.id, document]))
  return (reference) => {
    const { id, pointer } = split(reference)
    const document = byId.get(id)
    const tokens = fragmentTokens(pointer)
    if (!document || !tokens) return undefined
    const root = rootOf(document, tokens)
    if (!root) return undefined
    const { file, name: documentName } = document
    const type = root.tokens.length === tokens.length ? root.name : undefined
    return { type, file, document: id, documentName, pointer } satisfies SharedSchema
  }
}

type Tokens = readonly string[]

function reach(
  operations: unknown,
  documents: ApiDescription['documents'],
): Map<string, Map<string, Tokens>> {
  const reached = new Map<string, Map<string, Tokens>>()
  const pending = [...referencesIn(operations)]
  const seen = new Set(pending)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id, pointer } = split(next)
    const tokens = fragmentTokens(pointer)
    if (!tokens || documents[id] === undefined || valueAt(documents[id], tokens) === undefined) continue
    const root = rootTokens(tokens)
    const pointers = reached.get(id) ?? new Map<string, Tokens>()
    reached.set(id, pointers.set(JSON.stringify(root), root))
    for (const reference of referencesIn(valueAt(documents[id], root))) {
      if (seen.has(reference)) continue
      seen.add(reference)
      pending.push(reference)
    }
  }
  return reached
}

/** What is under `components/schemas` is written whole, since that is where people look for it. */
const rootTokens = (tokens: Tokens): Tokens =>
  tokens[0] === 'components' && tokens[1] === 'schemas' && tokens.length > 3 ? tokens.slice(0, 3) : tokens

/** Those that do not stand inside another. */
const outermost = (all: readonly Tokens[]): Tokens[] =>
  all.filter((tokens) => !all.some((other) => other.length < tokens.length && startsWith(tokens, other)))

const startsWith = (tokens: Tokens, start: Tokens): boolean => start.every((token, i) => tokens[i] === token)

const rootOf = (document: SharedDocument, tokens: Tokens): SharedRoot | undefined =>
  document.roots.find((root) => startsWith(tokens, root.tokens))

function markCircular(documents: readonly SharedDocument[]): SharedDocument[] {
  const byId = new Map(documents.map((document) => [document.id, document]))
  const targets = new Map<SharedRoot, SharedRoot[]>()
  for (const root of documents.flatMap(({ roots }) => roots)) {
    const found = [...referencesIn(root.schema)].flatMap((reference) => {
      const { id, pointer } = split(reference)
      const document = byId.get(id)
      const target = document && rootOf(document, fragmentTokens(pointer) ?? ['', ''])
      return target ? [target] : []
    })
    targets.set(root, found)
  }
  const leadsBack = (start: SharedRoot): boolean => {
    const pending = [...(targets.get(start) ?? [])]
    const seen = new Set(pending)
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === start) return true
      for (const target of targets.get(next) ?? []) {
        if (!seen.has(target)) pending.push(target)
        seen.add(target)
      }
    }
    return false
  }
  return documents.map((document) => ({
    ...document,
    roots: document.roots.map((root) => ({ ...root, circular: leadsBack(root) })),
  }))
}

function split(reference: string): { id: string; pointer: string } {
  const hash = reference.indexOf('#')
  return hash === -1
    ? { id: reference, pointer: '' }
    : { id: reference.slice(0, hash), pointer: reference.slice(hash + 1) }
}

const baseName = (id: string): string => id.slice(id.lastIndexOf('/') + 1).replace(/\.\w+$/, '')

/** The last token that names something: a schema's name, not the keyword it stands under. */
const nameFrom = (tokens: Tokens): string =>
  tokens.slice(-1).join('') === 'schema' ? tokens.slice(-3).join(' ') : (tokens.at(-1) ?? 'Document')
