import { type AST, RegExpParser } from '@eslint-community/regexpp'
import type { Random } from './random.js'

const parser = new RegExpParser()

/**
 * Texts that match a regular expression, made by walking its syntax tree. Assertions are not
 * looked at: the caller tests each candidate, and takes the next.
 *
 * @param least the length that is wanted at least, in characters
 */
export function* matching(pattern: string, least: number, random: Random): Generator<string> {
  const tree = parse(pattern)
  if (!tree) return
  const shortest = lengthOf(tree.pattern)
  for (let attempt = 0; attempt < 60; attempt++) {
    const extra = attempt % 3 === 1 ? 0 : Math.max(least - shortest, random.integer(0, 6))
    const walk = new Walk(tree.flags, Math.max(0, extra), attempt, random)
    const text = walk.text(tree.pattern)
    yield text
    // Where the pattern is not anchored, anything may stand around a match.
    if (text.length < least) {
      yield text.padEnd(least, 'a')
      yield text.padStart(least, 'a')
    }
  }
}

interface Tree {
  readonly pattern: AST.Pattern
  readonly flags: string
}

function parse(pattern: string): Tree | undefined {
  for (const unicode of [true, false]) {
    try {
      return {
        pattern: parser.parsePattern(pattern, undefined, undefined, { unicode, unicodeSets: false }),
        flags: unicode ? 'u' : '',
      }
    } catch {
      // Not a pattern of this kind.
    }
  }
  return undefined
}

/** The length of the shortest match, in characters. */
function lengthOf(node: AST.Node): number {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return Math.min(...node.alternatives.map(lengthOf))
    case 'Alternative':
      return node.elements.reduce((sum, element) => sum + lengthOf(element), 0)
    case 'Quantifier':
      return node.min * lengthOf(node.element)
    case 'Character':
    case 'CharacterClass':
    case 'CharacterSet':
      return 1
    default:
      return 0
  }
}

/** One way through the tree. `extra` characters are given out to what may repeat. */
class Walk {
  readonly #groups = new Map<AST.CapturingGroup, string>()

  constructor(
    readonly flags: string,
    private extra: number,
    readonly attempt: number,
    readonly random: Random,
  ) {}

  text(node: AST.Node): string {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
        return this.#oneOf(node.alternatives)
      case 'CapturingGroup': {
        const text = this.#oneOf(node.alternatives)
        this.#groups.set(node, text)
        return text
      }
      case 'Alternative':
        return node.elements.map((element) => this.text(element)).join('')
      case 'Quantifier':
        return this.#repeated(node)
      case 'Character':
        return String.fromCodePoint(node.value)
      case 'CharacterClass':
      case 'CharacterSet':
        return this.#character(node.raw)
      case 'Backreference': {
        const [group] = Array.isArray(node.resolved) ? node.resolved : [node.resolved]
        return (group && this.#groups.get(group)) ?? ''
      }
      default:
        return ''
    }
  }

  #oneOf(alternatives: readonly AST.Alternative[]): string {
    const chosen = alternatives[this.random.integer(0, alternatives.length - 1)]
    return chosen ? this.text(chosen) : ''
  }

  #repeated({ min, max, element }: AST.Quantifier): string {
    const unit = Math.max(1, lengthOf(element))
    const room = Math.min(max - min, Math.floor(this.extra / unit))
    // Every other attempt gives all it can to the first that takes it, to reach a wanted length.
    const more = this.attempt % 2 === 0 ? room : this.random.integer(0, room)
    this.extra -= more * unit
    let text = ''
    for (let count = 0; count < min + more; count++) text += this.text(element)
    return text
  }

  #character(raw: string): string {
    const { plain, all } = charactersOf(raw, this.flags)
    const characters = plain.length > 0 && this.attempt % 4 !== 3 ? plain : all
    return characters[this.random.integer(0, characters.length - 1)] ?? ''
  }
}

interface Characters {
  /** Letters and digits. */
  readonly plain: readonly string[]
  readonly all: readonly string[]
}

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index))
const cache = new Map<string, Characters>()

function charactersOf(raw: string, flags: string): Characters {
  const known = cache.get(raw)
  if (known) return known
  const expression = new RegExp(`^${raw}$`, flags)
  const all = PRINTABLE.filter((character) => expression.test(character))
  for (let code = 0; code < 0x3000 && all.length === 0; code++) {
    const character = String.fromCodePoint(code)
    if (expression.test(character)) all.push(character)
  }
  const characters = { plain: all.filter((character) => /[A-Za-z0-9]/.test(character)), all }
  cache.set(raw, characters)
  return characters
}
