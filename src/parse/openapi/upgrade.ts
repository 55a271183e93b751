import { isObject } from '../../operation/json-object.js'
import { valueAt } from '../../operation/pointer.js'
import { formatSource } from '../../operation/source.js'
import { type Dialect, dialectOf } from './dialect.js'
import { breakEndlessRefs } from './endless.js'
import { grammar, type Kind, type Shape } from './grammar.js'
import { at, member, type Members, type Place, refTo, root, sourceOf } from '../document/place.js'
import type { Report } from '../document/report.js'
import { isPlace, type Resolver } from './resolver.js'
import type { SourceDocument } from '../document/source-document.js'
import { spread } from './spread-refs.js'
import { addParameterSchema } from './swagger2.js'
import { upgradeSchema } from './upgrade-schema.js'

interface Visit {
  readonly place: Place
  readonly kind: Kind
  readonly dialect: Dialect
}

/**
 * Makes all schemas of a description, and those that it refers to in other files, schemas of JSON Schema
 * 2020-12 whose references are absolute. They stay where they are, so that pointers to them still hold.
 */
export class Upgrade {
  /** Media types of bodies that were come by on the way, some of which no operation may use. */
  readonly mediaTypes = new Set<string>()
  readonly #resolver: Resolver
  readonly #report: Report
  readonly #pending: Visit[] = []
  /** Targets of references that the walk from the top does not come by itself. */
  readonly #entered = new Set<unknown>()
  readonly #targets = new Map<Members, { place: Place; target: Place }>()
  #main: SourceDocument | undefined

  constructor(resolver: Resolver, report: Report) {
    this.#resolver = resolver
    this.#report = report
  }

  run(document: SourceDocument, dialect: Dialect): void {
    this.#main = document
    this.#pending.push({ place: root(document), kind: 'document', dialect })
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      if (isObject(next.place.value)) this.#visit(next, next.place.value)
    }
    this.#dropLostRefs()
    breakEndlessRefs(this.#targets, this.#report)
  }

  #visit(visit: Visit, value: Members): void {
    const { place, kind, dialect } = visit
    if (kind === 'schema') {
      upgradeSchema(place, dialect, this.#report)
      this.#settleDynamicRef(place, value)
      this.#followSchemaRef(visit, value)
      this.#rewriteMapping(place, value)
    } else if (typeof value['$ref'] === 'string') {
      // Left as it is: readers of operations follow it, and tell where it leads nowhere.
      const target = this.#resolver.resolve(place.document, value['$ref'])
      if (isPlace(target)) this.#enter(target, kind, visit)
    }
    if (dialect === '2.0') this.#noteOldTypes(kind, value)
    if (dialect === '2.0' && (kind === 'parameter' || kind === 'header')) addParameterSchema(value)
    const shapes = grammar.get(kind)
    for (const key of Object.keys(value)) {
      const shape = shapes?.get(key)
      if (shape === undefined) continue
      const { kind: childKind, many } = shape
      const isWhole = many !== undefined || childKind === 'components'
      const child = isWhole ? spread(place, key, this.#resolver, this.#report) : at(place, key)
      if (childKind === 'mediaType' && isObject(child.value)) this.#noteTypes(Object.keys(child.value))
      if (many === undefined) this.#child(place, key, childKind, visit)
      else for (const name of namesOf(child.value, childKind)) this.#child(child, name, childKind, visit)
    }
    if (kind === 'callback')
      for (const name of namesOf(value, 'pathItem')) this.#child(place, name, 'pathItem', visit)
  }

  #noteTypes(types: readonly unknown[]): void {
    for (const type of types) if (typeof type === 'string') this.mediaTypes.add(type)
  }

  /** 2.0 says media types apart from bodies, and again as names of examples. */
  #noteOldTypes(kind: Kind, value: Members): void {
    for (const list of [value['consumes'], value['produces']]) if (Array.isArray(list)) this.#noteTypes(list)
    if (kind === 'response' && isObject(value['examples'])) this.#noteTypes(Object.keys(value['examples']))
    if (kind === 'parameter' && value['type'] === 'file') this.#noteTypes(['multipart/form-data'])
  }

  #child(parent: Place, key: string, kind: Kind, visit: Visit): void {
    const child = at(parent, key)
    if (kind === 'schema' && !isSchema(child.value)) {
      const message = 'A schema must be an object; this one is left out of account.'
      this.#report('invalid-schema', 'error', message, child)
      if (Array.isArray(parent.value)) parent.value[Number(key)] = {}
      else if (isObject(parent.value)) parent.value[key] = {}
      return
    }
    if (isObject(child.value)) this.#pending.push({ place: child, kind, dialect: visit.dialect })
  }

  /** Goes on at the target of a reference. A fragment without a version is read in that of its user. */
  #enter(target: Place, kind: Kind, { place, dialect }: Visit): void {
    if (this.#entered.has(target)) return
    this.#entered.add(target)
    if (target.document === this.#main && isReached(target.tokens, kind)) return
    const own = target.document === place.document ? undefined : dialectOf(target.document.value)
    const written = own !== undefined && 'dialect' in own ? own.dialect : dialect
    this.#pending.push({ place: target, kind, dialect: written })
  }

  /** A target may have stood within a keyword that was left out of account later. */
  #dropLostRefs(): void {
    for (const [schema, { place, target }] of this.#targets) {
      if (isSchema(valueAt(target.document.value, target.tokens))) continue
      delete schema['$ref']
      const message = `The reference is left out of account: ${formatSource(sourceOf(target))} is no schema.`
      this.#report('unresolved-reference', 'error', message, place)
    }
  }

  /** One that names a dynamic anchor stays as it is; any other is the same as `$ref` (2020-12 section 8.2.3.2). */
  #settleDynamicRef(place: Place, schema: Members): void {
    const ref = schema['$dynamicRef']
    if (typeof ref !== 'string') return
    const target = this.#resolver.resolve(place.document, ref, this.#resolver.baseOf(place))
    const anchor = ref.slice(ref.indexOf('#') + 1)
    if (isPlace(target) && member(target.value, '$dynamicAnchor') === anchor) {
      schema['$dynamicRef'] = `#${anchor}`
      return
    }
    delete schema['$dynamicRef']
    schema['$ref'] ??= ref
  }

  #followSchemaRef(visit: Visit, schema: Members): void {
    const { place } = visit
    const ref = schema['$ref']
    if (typeof ref !== 'string') return
    const target = this.#resolver.resolve(place.document, ref, this.#resolver.baseOf(place))
    if (isPlace(target) && isSchema(target.value)) {
      schema['$ref'] = refTo(target)
      this.#targets.set(schema, { place, target })
      this.#enter(target, 'schema', visit)
      return
    }
    delete schema['$ref']
    const why = isPlace(target) ? `There is no schema at ${formatSource(sourceOf(target))}.` : target.problem
    this.#report('unresolved-reference', 'error', `"${ref}" is left out of account. ${why}`, place)
  }

  /** Values of a discriminator's mapping are references, or names of schemas (3.1.1 section 4.8.25). */
  #rewriteMapping(place: Place, schema: Members): void {
    const mapping = member(schema['discriminator'], 'mapping')
    if (!isObject(mapping)) return
    const base = this.#resolver.baseOf(place)
    for (const [value, target] of Object.entries(mapping)) {
      if (typeof target !== 'string') continue
      const tries = [`#/components/schemas/${target}`, `#/definitions/${target}`, target]
      if (/[#/]/.test(target)) tries.reverse()
      const found = tries.map((ref) => this.#resolver.resolve(place.document, ref, base)).find(isPlace)
      if (found !== undefined) mapping[value] = refTo(found)
    }
  }
}

const isSchema = (value: unknown): boolean => isObject(value) || typeof value === 'boolean'

/** Names in a map, or indices of a list. Where maps may hold extensions, those are left out. */
function namesOf(value: unknown, kind: Kind): string[] {
  if (typeof value !== 'object' || value === null) return []
  const names = Object.keys(value)
  return kind === 'pathItem' || kind === 'response' ? names.filter((name) => !name.startsWith('x-')) : names
}

/** Whether the walk from the top of a document comes to these tokens, and finds the same kind there. */
function isReached(tokens: readonly string[], kind: Kind): boolean {
  let at: Kind = 'document'
  for (let index = 0; index < tokens.length; index++) {
    const shape: Shape | undefined =
      at === 'callback' ? { kind: 'pathItem' } : grammar.get(at)?.get(tokens[index] ?? '')
    if (shape === undefined) return false
    // The name in the map, or the index.
    if (shape.many !== undefined) index++
    if (index >= tokens.length) return false
    at = shape.kind
  }
  return at === kind
}
