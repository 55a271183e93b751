import { normalise, singular } from '../pair/member-names.js'
import { recordOf, stringsOf } from '../schema/keywords.js'
import { follow, type Located, locate, type Resolve, type Schema, within } from '../schema/located.js'
import { ownItemSchema, partsOf } from '../schema/members.js'
import { typesOf } from '../schema/types.js'
import { leftOut } from '../schema/visibility.js'

/** How deep an envelope may hold what it is about: `{ "result": { "items": [ ] } }`. */
const DEEPEST = 2

/** Members by which envelopes commonly hold one thing, or several. */
const ONE = ['data', 'result', 'item', 'value', 'payload', 'response', 'content']
const MANY = [...ONE, 'items', 'results', 'records', 'rows', 'list', 'values', 'entries', 'hits', 'embedded']

/** What is known of a schema once it has been looked at. */
interface Seen {
  readonly members: ReadonlyMap<string, Located>
  readonly normalised: ReadonlyMap<string, string>
  readonly types: ReturnType<typeof typesOf>
}
const NOTHING: Seen = { members: new Map(), normalised: new Map(), types: undefined }

/** Where something stands in a body: tokens of a JSON pointer. */
export interface Found {
  readonly tokens: readonly string[]
  readonly item: Located
}

/** What was found out about a schema before, else what is found out now. */
function kept<Answer>(answers: WeakMap<object, Answer>, { schema }: Located, find: () => Answer): Answer {
  if (typeof schema === 'boolean') return find()
  let answer = answers.get(schema)
  if (answer === undefined) answers.set(schema, (answer = find()))
  return answer
}

/** Looks at the shape of bodies through references and combinations. What was seen of a schema is kept. */
export class Shapes {
  readonly #known = new WeakMap<object, Seen>()
  readonly #open = new WeakMap<object, boolean>()
  readonly #required = new WeakMap<object, ReadonlySet<string>>()
  readonly #hidden = { request: new WeakMap<object, boolean>(), response: new WeakMap<object, boolean>() }
  readonly #targets = new Map<string, Located>()

  constructor(readonly resolve: Resolve) {}

  /** The members that a schema documents, each by the first schema that it has for it. */
  members(located: Located): ReadonlyMap<string, Located> {
    return this.#seen(located).members
  }

  /** The same by normalised names. */
  normalised(located: Located): ReadonlyMap<string, string> {
    return this.#seen(located).normalised
  }

  names(located: Located): string[] {
    return [...this.members(located).keys()]
  }

  member(located: Located, name: string): Located | undefined {
    return this.members(located).get(name)
  }

  types(located: Located): ReturnType<typeof typesOf> {
    return this.#seen(located).types
  }

  /** The schema with all that its references and combinations lead to. */
  parts(located: Located): Iterable<Located> {
    return partsOf(located, this.resolve)
  }

  items(located: Located): Located | undefined {
    for (const part of partsOf(located, this.resolve)) {
      const schema = ownItemSchema(part, 0)
      if (schema) return schema
    }
    return undefined
  }

  isObject(located: Located): boolean {
    const { types, members } = this.#seen(located)
    return types ? types.has('object') : members.size > 0
  }

  /** Whether the schema says that there are members beyond those that it names. */
  isOpen(located: Located): boolean {
    return kept(this.#open, located, () =>
      [...partsOf(located, this.resolve)].some(({ schema }) => {
        if (typeof schema === 'boolean') return false
        const { additionalProperties: rest, patternProperties } = schema
        return patternProperties !== undefined || (rest !== undefined && rest !== false)
      }),
    )
  }

  /** The members that a schema requires. */
  required(located: Located): ReadonlySet<string> {
    return kept(
      this.#required,
      located,
      () => new Set([...this.parts(located)].flatMap((part) => stringsOf(part.schema, 'required'))),
    )
  }

  /** Whether members of this schema have no place in messages of the direction. */
  isHidden(located: Located, direction: 'request' | 'response'): boolean {
    return kept(this.#hidden[direction], located, () =>
      leftOut(located, { resolve: this.resolve, direction }),
    )
  }

  isArray(located: Located): boolean {
    const types = this.types(located)
    return types !== undefined && types.has('array') && !types.has('object')
  }

  #seen(located: Located): Seen {
    const target = this.#target(located)
    if (typeof target.schema === 'boolean') return NOTHING
    let seen = this.#known.get(target.schema)
    if (!seen) {
      const members = this.#membersOf(target)
      seen = {
        members,
        normalised: new Map([...members.keys()].toReversed().map((name) => [normalise(name), name])),
        types: typesOf(target, this.resolve),
      }
      this.#known.set(target.schema, seen)
    }
    return seen
  }

  /** What a schema that is only a reference stands for, so that what many refer to is looked at once. */
  #target(located: Located): Located {
    const { schema } = located
    if (typeof schema === 'boolean' || typeof schema['$ref'] !== 'string') return located
    const reference = schema['$ref']
    if (reference.startsWith('#') || Object.keys(schema).length > 1) return located
    let target = this.#targets.get(reference)
    if (!target) this.#targets.set(reference, (target = follow(located, reference, this.resolve) ?? located))
    return target
  }

  #membersOf(located: Located): ReadonlyMap<string, Located> {
    const members = new Map<string, Located>()
    for (const part of partsOf(located, this.resolve)) {
      for (const [name, schema] of Object.entries(recordOf(part.schema, 'properties'))) {
        if (!members.has(name)) members.set(name, within(part, schema))
      }
    }
    return members
  }

  /** What a pointer leads to. */
  at(schema: Schema, tokens: readonly string[]): Located | undefined {
    let located: Located | undefined = locate(schema)
    for (const token of tokens) located = located && this.member(located, token)
    return located
  }

  /** The list in a body whose items are objects that `fits` takes: the body itself, else the one in its envelope. */
  list(schema: Schema, noun: string, fits: (item: Located) => boolean): Found | undefined {
    const found = this.#search(schema, MANY, noun, (located) => {
      const item = this.isArray(located) ? this.items(located) : undefined
      return item && this.isObject(item) && fits(item) ? item : undefined
    })
    // Of several that are called by no usual name none is evidently meant.
    return found.usual ?? (found.others.length === 1 ? found.others[0] : undefined)
  }

  /** The object in a body that `fits` takes: the body itself, else the one in its envelope. */
  item(schema: Schema, noun: string, fits: (item: Located) => boolean): Found | undefined {
    return this.#search(schema, ONE, noun, (located) =>
      this.isObject(located) && fits(located) ? located : undefined,
    ).usual
  }

  #search(
    schema: Schema,
    common: readonly string[],
    noun: string,
    fit: (located: Located) => Located | undefined,
  ): { usual: Found | undefined; others: Found[] } {
    const root = locate(schema)
    const itself = fit(root)
    if (itself) return { usual: { tokens: [], item: itself }, others: [] }
    let level: { tokens: string[]; located: Located }[] = [{ tokens: [], located: root }]
    const usual = new Set([...common, noun, singular(noun)])
    const isUsual = (tokens: readonly string[]): boolean =>
      tokens.length === 0 || usual.has(normalise(tokens.at(-1) ?? ''))
    for (let depth = 1; depth <= DEEPEST; depth++) {
      // Only what envelopes are called is opened further, so that a large item costs nothing.
      level = level.flatMap(({ tokens, located }) =>
        isUsual(tokens) && this.isObject(located)
          ? [...this.members(located)].map(([name, member]) => ({
              tokens: [...tokens, name],
              located: member,
            }))
          : [],
      )
      const found = level.flatMap(({ tokens, located }): Found[] => {
        const item = fit(located)
        return item ? [{ tokens, item }] : []
      })
      const named = found.find(({ tokens }) => isUsual(tokens))
      if (named || found.length > 0) return { usual: named, others: found }
    }
    return { usual: undefined, others: [] }
  }
}
