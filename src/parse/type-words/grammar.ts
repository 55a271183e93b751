import { type Base, baseOf } from './vocabulary.js'

/** A type as documentation words it, before anything is known of the values. */
export type Phrase =
  | { base: Base; size?: { min?: number; max: number }; format?: string }
  | { arrayOf: Phrase }
  | { mapOf: Phrase }
  | { anyOf: Phrase[] }
  | { values: string[] }

const DEEPEST = 6
const LITERAL = /^(?:"[^"]*"|'[^']*'|`[^`]*`)$/

/** Understands a free text type, such as `List<String>` or `array of integers`; undefined where it does not. */
export function readPhrase(text: string, depth = 0): Phrase | undefined {
  const type = text
    .replaceAll(/\\([[\](){}<>|_*])/g, '$1')
    .replaceAll(/^[\s`*_.:]+|[\s`*_.:,;]+$/g, '')
    .trim()
  if (type === '' || type.length > 300 || depth > DEEPEST) return undefined
  return readWrapped(type, depth) ?? readAlternatives(type, depth) ?? readSized(type) ?? readWord(type)
}

function inner(text: string, depth: number, wrap: (phrase: Phrase) => Phrase): Phrase | undefined {
  const phrase = readPhrase(text, depth + 1)
  return phrase && wrap(phrase)
}

const arrayOf = (phrase: Phrase): Phrase => ({ arrayOf: phrase })
const mapOf = (phrase: Phrase): Phrase => ({ mapOf: phrase })

function readWrapped(type: string, depth: number): Phrase | undefined {
  const suffix = /^(.+?)\s*\[\s*\]$/.exec(type)
  if (suffix?.[1]) return inner(suffix[1], depth, arrayOf)
  const nullable =
    /^(.+?)\s*\?$/.exec(type)?.[1] ??
    /^nullable\s+(.+)$/i.exec(type)?.[1] ??
    /^(.+?)\s*\(?nullable\)?$/i.exec(type)?.[1]
  if (nullable) return inner(nullable, depth, (phrase) => ({ anyOf: [phrase, { base: 'null' }] }))
  const said =
    /^(.+?)[\s,]*\(?\b(?:optional|required|mandatory|conditional)\)?$/i.exec(type)?.[1] ??
    /^\(?(?:optional|required|mandatory)\)?[\s,:]+(.+)$/i.exec(type)?.[1]
  if (said) return readPhrase(said, depth + 1)
  const generic = /^([\p{L}]+)\s*(?:<(.+)>|\[([^\]]+)\]|\(([^\d()][^()]*)\))$/u.exec(type)
  if (generic) {
    const base = baseOf(generic[1] ?? '')
    const argument = generic[2] ?? generic[3] ?? generic[4] ?? ''
    if (base === 'array') return inner(argument, depth, arrayOf) ?? { base }
    if (base === 'map' || base === 'object') {
      const value = splitTop(argument, ',').at(-1) ?? ''
      return inner(value, depth, mapOf) ?? { base }
    }
    if (base === 'enum') return literals(argument)
  }
  const bracketed = /^\[\s*\]\s*(.+)$/.exec(type)?.[1] ?? /^\[(.+)\]$/.exec(type)?.[1]
  if (bracketed) return inner(bracketed, depth, arrayOf)
  const of = /^(\p{L}+)\s+(?:of|de|von|di|из|với)\s+(.+)$/iu.exec(type)
  if (of && baseOf(of[1] ?? '') === 'array')
    return inner(singular(of[2] ?? ''), depth, arrayOf) ?? { base: 'array' }
  const reversed = /^(\p{L}+)\s+(?:array|list)$/iu.exec(type)?.[1]
  if (reversed) return inner(reversed, depth, arrayOf)
  const listed = /^enum(?:eration)?\s*[:=-]?\s*[[({]?(.+?)[\])}]?$/i.exec(type)?.[1]
  return listed === undefined ? undefined : literals(listed)
}

const singular = (text: string): string =>
  text
    .replace(/^(?:an?|the)\s+/i, '')
    .replace(/(\w{3,})s$/, (word, stem: string) => (baseOf(stem) ? stem : word))

function readAlternatives(type: string, depth: number): Phrase | undefined {
  for (const separator of ['|', ' or ', '/', ',']) {
    const parts = splitTop(type, separator).map((part) => part.trim())
    if (parts.length < 2 || parts.length > 40) continue
    if (parts.every((part) => LITERAL.test(part))) return { values: parts.map((part) => part.slice(1, -1)) }
    if (separator === ',') continue
    const phrases = parts.map((part) => readPhrase(part, depth + 1))
    if (phrases.every((phrase) => phrase !== undefined)) return { anyOf: phrases }
  }
  return undefined
}

/** `String(20)`, `Numeric (4)`, `string, max length 50`, `date(yyyyMMdd)`, `integer (int64)`, `string <uuid>`. */
function readSized(type: string): Phrase | undefined {
  const match = /^([\p{L}\d/-]+)\s*[,:]?\s*(?:[(<[]\s*\$?([^()<>[\]]*)\s*[)>\]]?|\s(\d+))$/u.exec(type)
  const base = baseOf(match?.[1] ?? '')
  if (match === null || base === undefined) return undefined
  const detail = (match[2] ?? match[3] ?? '').trim()
  const range = /^(\d{1,5})\s*(?:-|\.\.|to|~)\s*(\d{1,5})$/.exec(detail)
  if (range) return { base, size: { min: Number(range[1]), max: Number(range[2]) } }
  const max =
    /^(?:max(?:imum)?(?:[ -]?length)?[ :=]*|<=?\s*)?(\d{1,5})(?:\s*(?:chars?|characters?|digits?|bytes?))?$/i.exec(
      detail,
    )
  if (max) return { base, size: { max: Number(max[1]) } }
  const narrower = baseOf(detail)
  if (narrower === 'uuid' || narrower === 'email' || narrower === 'date-time' || narrower === 'binary')
    return base === 'string' ? { base: narrower } : undefined
  if (narrower === 'integer' && base === 'number') return { base: narrower }
  return { base, format: detail }
}

function readWord(type: string): Phrase | undefined {
  const base = baseOf(type)
  if (base !== undefined) return { base }
  // Two words of one meaning: "JSON object", "integer number", "tam sayı".
  const words = type.split(/[\s_-]+/)
  if (words.length !== 2) return undefined
  const [first, second] = words.map((word) => baseOf(word))
  if (first === 'json' && (second === 'object' || second === 'array' || second === 'string'))
    return { base: second }
  if ((first === 'integer' && second === 'number') || (first === 'number' && second === 'integer'))
    return { base: 'integer' }
  return first !== undefined && first === second ? { base: first } : undefined
}

function literals(text: string): Phrase | undefined {
  const parts = text.split(/\s*[,|/;]\s*/).map((part) => part.replaceAll(/^["'`\s[({]+|["'`\s\])}]+$/g, ''))
  return parts.length > 1 && parts.every((part) => /^[\w.+ -]{1,60}$/.test(part))
    ? { values: parts }
    : undefined
}

/** Splits at a separator that stands in no bracket. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if ('<([{'.includes(char)) depth++
    else if ('>)]}'.includes(char)) depth--
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at))
      from = at + separator.length
    }
  }
  return [...parts, text.slice(from)]
}
