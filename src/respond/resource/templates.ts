import { parseExact } from '../../operation/json.js'
import { valueAt } from '../../operation/pointer.js'
import { formatSource } from '../../operation/source.js'
import { generateBody, type Making } from '../generated.js'
import type { GetStored } from '../reply.js'
import { normalise, singular } from '../pair/member-names.js'
import type { Document } from '../state.js'
import { keyOf, type Scope } from './key.js'
import { withMember } from './place.js'
import type { Resource, ResourceOperation } from './resource.js'
import { isMap, scalarText } from './scalar.js'
import { storedForm } from './stored-form.js'
import { successOf, valuesOf, withStored } from './success.js'
import { typedLike } from './typed.js'

/** An item that an example shows, or that was made from the schema. */
interface Template {
  readonly id: string
  readonly document: Document
}

/** Scopes whose items are kept at once; they are made anew when more are asked for. */
const MOST_SCOPES = 1000

/**
 * The items that the docs show of a resource. Where an item names its parent it belongs to that one;
 * else every parent has it. Where no example shows an item they are made from the schema, and since
 * the docs then tell nothing of which there are, any id that is asked for has one.
 */
export class Templates {
  readonly #resource: Resource
  readonly #making: Making
  readonly #stored: GetStored
  /** The example that shows most of a document. */
  readonly #shownBy = new WeakMap<Document, string>()
  #found: { readonly templates: readonly Template[]; readonly areGenerated: boolean } | undefined
  #scopes = new Map<string, ReadonlyMap<string, Document>>()

  constructor(resource: Resource, making: Making, stored: GetStored) {
    this.#resource = resource
    this.#making = making
    this.#stored = stored
  }

  /** Forgets what examples showed, since one has changed. */
  refresh(): void {
    this.#found = undefined
    this.#scopes = new Map()
  }

  items(scope: Scope): ReadonlyMap<string, Document> {
    const key = JSON.stringify(scope)
    let items = this.#scopes.get(key)
    if (!items) {
      if (this.#scopes.size >= MOST_SCOPES) this.#scopes = new Map()
      this.#scopes.set(key, (items = this.#itemsOf(scope)))
    }
    return items
  }

  item(scope: Scope, id: string): Document | undefined {
    const item = this.items(scope).get(id)
    if (item || !this.#all().areGenerated) return item
    const [made] = this.#all().templates
    return made && this.#below(scope, this.#withId(made.document, id))
  }

  /** Those of which it is known below which parent they are, by key. */
  get known(): ReadonlyMap<string, Document> {
    const depth = this.#resource.operations[0]?.parents.length ?? 0
    return new Map(
      this.#all().templates.flatMap(({ id, document }): [string, Document][] => {
        if (depth === 0) return [[keyOf([], id), document]]
        const parent = depth === 1 ? this.parentOf(document) : undefined
        return parent === undefined ? [] : [[keyOf([parent], id), document]]
      }),
    )
  }

  /** Any item, to make others like it. */
  get sample(): Document | undefined {
    return this.#all().templates[0]?.document
  }

  /** Ids that examples show; none where items are made from the schema. */
  get shownIds(): readonly string[] {
    const { templates, areGenerated } = this.#all()
    return areGenerated ? [] : templates.map(({ id }) => id)
  }

  /** Which example shows a document as it is, as the `standin-example` header has it. */
  shownBy(document: Document): string | undefined {
    return this.#shownBy.get(document)
  }

  #itemsOf(scope: Scope): ReadonlyMap<string, Document> {
    const { templates, areGenerated } = this.#all()
    return new Map(
      templates.flatMap(({ id, document }): [string, Document][] => {
        if (areGenerated) return [[id, this.#below(scope, document)]]
        const parent = this.parentOf(document)
        return parent === undefined || parent === scope.at(-1) ? [[id, document]] : []
      }),
    )
  }

  /** What an item itself says of its parent. */
  parentOf(document: Document): string | undefined {
    const member = this.parentMember(document)
    return member === undefined ? undefined : scalarText(document[member])
  }

  /** The member by which an item names its parent: `userId` below `/users/{id}`. */
  parentMember(document: Document): string | undefined {
    const [operation] = this.#resource.operations
    const name = operation?.parents.at(-1)
    if (operation === undefined || name === undefined) return undefined
    const segments = operation.operation.path.split('/')
    const above = segments[segments.indexOf(`{${name}}`) - 1] ?? ''
    const one = singular(normalise(above))
    const own = normalise(name)
    const wanted = new Set([...(own === 'id' ? [] : [own]), `${one}id`])
    return Object.keys(document).find((key) => key !== this.#resource.id && wanted.has(normalise(key)))
  }

  #below(scope: Scope, document: Document): Document {
    const parent = scope.at(-1)
    const member = parent === undefined ? undefined : this.parentMember(document)
    if (parent === undefined || member === undefined) return document
    return storedForm(withMember(document, member, typedLike(document[member], parent)))
  }

  /** A made item keeps its own identifier where the one asked for cannot be one: a text where the docs have a number. */
  #withId(document: Document, id: string): Document {
    const member = this.#resource.id
    const made = document[member]
    const asked = typedLike(made, id)
    const isOther = made !== undefined && typeof made !== 'string' && typeof asked === 'string'
    return isOther ? document : storedForm(withMember(document, member, asked))
  }

  #all() {
    return (this.#found ??= this.#find())
  }

  #find(): { templates: Template[]; areGenerated: boolean } {
    const byId = new Map<string, Document>()
    const showing = this.#resource.operations.filter(({ action }) => action === 'list' || action === 'read')
    for (const one of showing.toSorted((a, b) => rank(a) - rank(b))) {
      for (const { item, label } of shownItems(one, this.#stored)) {
        const id = scalarText(item[this.#resource.id])
        if (id === undefined) continue
        const known = byId.get(id)
        // The item's own reply shows more of it than a list does.
        const document = storedForm(known ? { ...known, ...item } : item)
        byId.set(id, document)
        this.#shownBy.set(document, label)
      }
    }
    const templates = [...byId].map(([id, document]) => ({ id, document }))
    if (templates.length > 0) return { templates, areGenerated: false }
    return { templates: this.#generated(showing), areGenerated: true }
  }

  #generated(showing: readonly ResourceOperation[]): Template[] {
    const made = new Map<string, Document>()
    for (const one of showing) {
      for (const item of this.#generatedItems(one)) {
        const id = scalarText(item[this.#resource.id])
        if (id !== undefined && !made.has(id)) made.set(id, item)
      }
      if (made.size > 0) break
    }
    return [...made].map(([id, document]) => ({ id, document: storedForm(document) }))
  }

  #generatedItems({ operation, action, shown }: ResourceOperation): Document[] {
    const success = successOf(operation, action)
    if (!success?.content || !shown) return []
    const body = generateBody(success.response, success.content, this.#making)
    const value = valueAt(body && parseExact(body.text), shown)
    return (Array.isArray(value) ? value : [value]).filter(isMap)
  }
}

const rank = ({ action }: ResourceOperation): number => (action === 'list' ? 0 : 1)

function shownItems(
  { operation, action, shown }: ResourceOperation,
  stored: GetStored,
): { item: Document; label: string }[] {
  const documented = successOf(operation, action)
  const success = documented && withStored(documented, operation, stored)
  if (!success?.content || !shown) return []
  return success.content.examples.flatMap((example) => {
    const label = `${success.response.status}/${example.name}; ${example.origin}; ${formatSource(example.source)}`
    return valuesOf({ mediaType: example.mediaType, examples: [example] }).flatMap((body) => {
      const value = valueAt(body, shown)
      return (Array.isArray(value) ? value : [value]).filter(isMap).map((item) => ({ item, label }))
    })
  })
}
