import { parseExact, toPlain } from '../../operation/json.js'
import { pointerTokens, valueAt } from '../../operation/pointer.js'
import { bestExample } from '../choose.js'
import { generateBody, type Making } from '../generated.js'
import { type Located, locate } from '../schema/located.js'
import type { Document } from '../state.js'
import type { SchemaViolation } from '../validation.js'
import { withMember, withValueAt } from './place.js'
import type { ResourceOperation } from './resource.js'
import { isMap, scalarText } from './scalar.js'
import type { Shapes } from './shape.js'
import { type Success, valuesOf } from './success.js'
import { visible } from './visible.js'

/** A document as a reply shows it. */
export interface ShownItem {
  readonly item: Readonly<Record<string, unknown>>
  /** How it breaks the schema all the same, as a sentence; undefined where it does not. */
  readonly flaw: string | undefined
  /** How what the docs show around it breaks the schema, likewise. */
  readonly around: string | undefined
}

/** How often what is missing is looked for again: what is filled in may ask for more. */
const ROUNDS = 4

/** The body of one operation's success, with documents of the state in the place of the documented ones. */
export class ShownBody {
  readonly tokens: readonly string[]
  readonly #success: Success
  readonly #isList: boolean
  readonly #id: string
  readonly #shapes: Shapes
  readonly #making: Making
  readonly #fitted = new WeakMap<Document, ShownItem>()
  #base: { readonly value: unknown } | undefined

  constructor(
    { action }: ResourceOperation,
    tokens: readonly string[],
    success: Success,
    id: string,
    { shapes, making }: { readonly shapes: Shapes; readonly making: Making },
  ) {
    this.tokens = tokens
    this.#success = success
    this.#isList = action === 'list'
    this.#id = id
    this.#shapes = shapes
    this.#making = making
  }

  /** The schema of the item, as far as the docs give one. */
  get schema(): Located {
    const { schema } = this.#success
    const shown = schema && this.#shapes.at(schema, this.tokens)
    return (this.#isList ? shown && this.#shapes.items(shown) : shown) ?? locate(true)
  }

  /** The documented body, else one made from the schema; never changed. */
  get base(): unknown {
    this.#base ??= { value: this.#makeBase() }
    return this.#base.value
  }

  /** Whether the docs show an example of it. */
  get isDocumented(): boolean {
    return (this.#success.content?.examples.length ?? 0) > 0
  }

  /** The item that the docs show in this reply, else one that is made. */
  get reference(): Readonly<Record<string, unknown>> {
    const shown = valueAt(this.base, this.tokens)
    const item: unknown = Array.isArray(shown) ? shown[0] : shown
    return isMap(item) ? item : {}
  }

  /** The body with an item, or a list of them, in its place. */
  with(shown: unknown): unknown {
    return this.tokens.length === 0 ? shown : withValueAt(this.base, this.tokens, shown)
  }

  /** What a body breaks of the schema. */
  violations(body: unknown): readonly SchemaViolation[] {
    const { schema } = this.#success
    return (schema && this.#making.validation.validator(schema, 'response')(toPlain(body))) ?? []
  }

  /**
   * The document as this reply documents it: what the docs ask for and the document lacks is taken from
   * the documented item, what they rule out is left out. Its identifier is never another's.
   */
  item(document: Document): ShownItem {
    let fitted = this.#fitted.get(document)
    if (!fitted) this.#fitted.set(document, (fitted = this.#fit(document)))
    return fitted
  }

  /** What a document breaks of the item's schema as it is, nothing filled in. */
  checked(document: Document): SchemaViolation[] {
    return this.itemViolations(visible(document, this.schema, this.#shapes))
  }

  #fit(document: Document): ShownItem {
    const shown = visible(document, this.schema, this.#shapes)
    let item: Readonly<Record<string, unknown>> = isMap(shown) ? shown : {}
    for (let round = 0; ; round++) {
      const { flaws, around } = this.#flaws(item)
      const [first] = flaws
      if (!first) return { item, flaw: undefined, around }
      const next = round < ROUNDS ? this.#mended(item, flaws) : item
      if (next === item) return { item, flaw: `${first.pointer || 'the item'} ${first.message}`, around }
      item = next
    }
  }

  /** Those of the item alone, with pointers inside it. */
  itemViolations(item: unknown): SchemaViolation[] {
    return this.#flaws(item).flaws
  }

  #flaws(item: unknown): { flaws: SchemaViolation[]; around: string | undefined } {
    const place = [...this.tokens, ...(this.#isList ? ['0'] : [])].map((token) => `/${token}`).join('')
    const flaws: SchemaViolation[] = []
    let around: string | undefined
    for (const violation of this.violations(this.with(this.#isList ? [item] : item))) {
      const { pointer, message } = violation
      if (pointer === place || pointer.startsWith(`${place}/`)) {
        flaws.push({ ...violation, pointer: pointer.slice(place.length) })
      } else around ??= `${pointer || 'the body'} ${message}`
    }
    return { flaws, around }
  }

  #mended(
    item: Readonly<Record<string, unknown>>,
    flaws: readonly SchemaViolation[],
  ): Readonly<Record<string, unknown>> {
    let mended = item
    for (const { pointer, keyword } of flaws) {
      const [name, ...rest] = pointerTokens(pointer)
      if (name === undefined) mended = { ...this.reference, ...mended }
      else if (name === this.#id && scalarText(item[name]) !== undefined) continue
      else if (keyword === 'additionalProperties' && rest.length === 0) mended = without(mended, name)
      else mended = this.#fromReference(mended, name)
    }
    return Object.keys(mended).length === Object.keys(item).length &&
      Object.keys(mended).every((key) => mended[key] === item[key])
      ? item
      : mended
  }

  #fromReference(item: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
    const { reference } = this
    if (Object.hasOwn(reference, name) && reference[name] !== item[name])
      return withMember(item, name, reference[name])
    return Object.hasOwn(item, name) ? without(item, name) : item
  }

  #makeBase(): unknown {
    const { content, response } = this.#success
    const best = content && bestExample(content.examples)
    if (content && best) {
      const [value] = valuesOf({ ...content, examples: [best] })
      if (value !== undefined) return value
    }
    const made = content && generateBody(response, content, this.#making)
    return made && parseExact(made.text)
  }
}

function without(item: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== name))
}
