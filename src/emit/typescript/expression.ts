import {
  after,
  choice,
  concat,
  type Doc,
  fill,
  group,
  ifBroken,
  indent,
  isBroken,
  join,
  line,
  softLine,
} from './doc.js'
import { widthOf } from './width.js'

/** An expression of TypeScript, with what the layout around it depends on. */
export interface Expression {
  readonly kind: 'object' | 'array' | 'call' | 'string' | 'number' | 'member' | 'name'
  readonly doc: Doc
  /** How many members or elements it has. */
  readonly size: number
  /** Whether it is an array of several numbers, which is laid out like a text. */
  readonly numbers?: boolean
}

export const name = (text: string): Expression => ({ kind: 'name', doc: text, size: 0 })

/** A string literal that is the same text to every reader, whatever characters stand in it. */
export const string = (text: string): Expression => ({ kind: 'string', doc: quote(text), size: 0 })

export function number(value: number): Expression {
  const text = Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e')
  return { kind: 'number', doc: text, size: 0 }
}

/** What would end a line, hide or reorder text in an editor, or is half of a character, is written as its code. */
const UNSAFE = /[\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu
const SHORT = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Single quotes, unless fewer have to be escaped between double ones. */
function quote(text: string): string {
  const mark = text.split("'").length > text.split('"').length ? '"' : "'"
  const escaped = text.replaceAll(UNSAFE, escapeCode).replaceAll(mark, `\\${mark}`)
  return mark + escaped + mark
}

const escapeCode = (char: string): string =>
  SHORT.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** A member of an object: by key, or `...spread`. */
export type Member = readonly [key: string, value: Expression] | { readonly spread: Expression }

const IDENTIFIER = /^[$_\p{ID_Start}][$\p{ID_Continue}]*$/u

/** `name`, or `'a-name'`; `['__proto__']`, which without brackets would set the prototype. */
export function keyText(key: string): string {
  return key === '__proto__' ? "['__proto__']" : typeKeyText(key)
}

/**
 * The key of a member of a type, where no name has a meaning of its own. Never in brackets: under a
 * negative number some readers take them to be an index of that number.
 */
export const typeKeyText = (key: string): string => (IDENTIFIER.test(key) ? key : quote(key))

export function object(members: readonly Member[]): Expression {
  const body = members.length === 0 ? '{}' : braces(members.map(memberDoc))
  return { kind: 'object', doc: body, size: members.length }
}

const braces = (docs: readonly Doc[]): Doc =>
  group(concat('{', indent(line, join(docs, concat(',', line))), ifBroken(','), line, '}'))

/** The least by which a value on its own line would stand further left for the line to end before it. */
const LEAST_GAIN = 5

function memberDoc(member: Member): Doc {
  if ('spread' in member) return concat('...', member.spread.doc)
  const [key, value] = member
  const text = keyText(key)
  if (value.kind === 'name' && value.doc === text) return text
  const breaks = (value.kind === 'string' || value.kind === 'member') && widthOf(text) >= LEAST_GAIN
  if (breaks) return group(concat(text, ':', group(indent(line, value.doc))))
  const floats = value.kind === 'call' && widthOf(text) >= LEAST_GAIN
  return floats ? group(concat(text, ':', after(value.doc))) : concat(text, ': ', value.doc)
}

export function array(items: readonly Expression[]): Expression {
  const [first] = items
  const numbers = items.length > 1 && items.every(({ kind }) => kind === 'number')
  const doc = (): Doc => {
    if (first === undefined) return '[]'
    if (numbers) {
      const last = items.length - 1
      const texts = items.map(({ doc }, i) => (i === last || typeof doc !== 'string' ? doc : `${doc},`))
      return group(concat('[', indent(softLine, fill(texts)), ifBroken(','), softLine, ']'))
    }
    const together =
      items.length > 1 &&
      (first.kind === 'object' || first.kind === 'array') &&
      items.every(({ kind, size }) => kind === first.kind && size > 1)
    const inner = join(
      items.map((item) => item.doc),
      concat(',', line),
    )
    return group(concat('[', indent(softLine, inner), ifBroken(','), softLine, ']'), together)
  }
  return { kind: 'array', doc: doc(), size: items.length, numbers }
}

/** `callee<type>(args)`. */
export function call(callee: string, args: readonly Expression[], type?: Doc): Expression {
  const head = type === undefined ? callee : concat(callee, typeArgument(type))
  return { kind: 'call', doc: concat(head, argumentsDoc(args)), size: 0 }
}

/** A type of one word, or one in braces, stays beside the bracket. */
function typeArgument(type: Doc): Doc {
  const stays = typeof type === 'string' ? /^\w+$/.test(type) : type.kind === 'group'
  return stays ? concat('<', type, '>') : group(concat('<', indent(softLine, type), softLine, '>'))
}

function argumentsDoc(args: readonly Expression[]): Doc {
  const last = args.at(-1)
  if (last === undefined) return '()'
  const docs = args.map(({ doc }) => doc)
  const spaced = join(docs, concat(',', line))
  const out = (broken: boolean): Doc =>
    group(concat('(', indent(softLine, spaced), ifBroken(','), softLine, ')'), broken)
  const others = docs.slice(0, -1)
  const hugs =
    (last.kind === 'object' || last.kind === 'array') &&
    last.size > 0 &&
    args.at(-2)?.kind !== last.kind &&
    !(others.length > 0 && last.numbers) &&
    !others.some(isBroken)
  if (!hugs) return out(false)
  const before = others.flatMap((doc) => [doc, ', '])
  const flat = concat('(', ...before, last.doc, ')')
  const hugged = concat('(', ...before, group(last.doc, true), ')')
  return choice([flat, hugged, out(true)], isBroken(last.doc))
}

/** `from.properties.name`, or `from.properties['a-name']`. */
export function property(from: string, key: string): Expression {
  const text = keyText(key)
  return {
    kind: 'member',
    doc:
      text === key
        ? `${from}.${key}`
        : concat(from, group(concat('[', indent(softLine, quote(key)), softLine, ']'))),
    size: 0,
  }
}
