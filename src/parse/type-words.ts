import { type TSchema, Type } from '@sinclair/typebox'
import { type Facts, factsOf, patternOfDateFormat } from './type-words/prose.js'
import { type Phrase, readPhrase } from './type-words/grammar.js'
import type { Base } from './type-words/vocabulary.js'

/**
 * The schema that a documented type in free text and its description say together. It claims no
 * more than they do: a word that is not known, or that leaves the type open, gives an open schema.
 * `understood` is false where neither text says anything that a schema can say.
 */
export function schemaOfTypeText(
  typeText: string | undefined,
  description?: string,
): { schema: TSchema; understood: boolean } {
  const phrase = readPhrase(typeText ?? '')
  const facts = factsOf(description ?? '')
  if (phrase === undefined) return schemaOfFacts(facts)
  const format = 'base' in phrase ? (phrase.format ?? '') : ''
  const pattern =
    patternOfDateFormat(format) ?? (mayBeDate(typeText) ? patternOfDateFormat(description ?? '') : undefined)
  const schema = schemaOf(phrase, pattern === undefined ? facts : { ...facts, pattern })
  return { schema, understood: !('base' in phrase && phrase.base === 'enum') || facts.values !== undefined }
}

const mayBeDate = (typeText: string | undefined): boolean =>
  /date|time|tarih|datum|fecha|дата|日|날짜|string/i.test(typeText ?? '')

/** No type, or one that is not known: what the description says holds for text and numbers alike. */
function schemaOfFacts(facts: Facts): { schema: TSchema; understood: boolean } {
  if (facts.values !== undefined) return { schema: ofValues(facts.values, 'any'), understood: true }
  if (facts.digits !== undefined) return { schema: numeric(facts.digits), understood: true }
  return { schema: Type.Unknown(), understood: false }
}

function schemaOf(phrase: Phrase, facts: Facts): TSchema {
  if ('arrayOf' in phrase)
    return Type.Array(schemaOf(phrase.arrayOf, facts.values === undefined ? {} : { values: facts.values }))
  if ('mapOf' in phrase) return Type.Record(Type.String(), schemaOf(phrase.mapOf, {}))
  if ('values' in phrase) return ofValues(phrase.values, 'string')
  if ('anyOf' in phrase) return Type.Union(phrase.anyOf.map((one) => schemaOf(one, facts)))
  return ofBase(phrase.base, phrase.size, facts)
}

function ofBase(base: Base, size: { min?: number; max: number } | undefined, facts: Facts): TSchema {
  if (facts.values !== undefined) {
    if (base === 'string' || base === 'integer' || base === 'number') return ofValues(facts.values, base)
    if (base === 'enum' || base === 'numeric' || base === 'any') return ofValues(facts.values, 'any')
  }
  switch (base) {
    case 'string':
      return Type.String(textLimits(size, facts))
    case 'integer':
      return Type.Integer(numberLimits(facts))
    case 'number':
      return Type.Number(numberLimits(facts))
    case 'boolean':
      return Type.Boolean()
    case 'object':
      return Type.Object({})
    case 'map':
      return Type.Record(Type.String(), Type.Unknown())
    case 'array':
      return Type.Array(Type.Unknown())
    case 'json':
      return Type.Union([Type.Object({}), Type.Array(Type.Unknown())])
    case 'null':
      return Type.Null()
    case 'numeric':
      return numeric(facts.digits ?? (size && { min: size.min ?? 1, max: size.max }))
    case 'timestamp':
      return Type.Union([Type.Number(), Type.String()])
    case 'uuid':
    case 'email':
    case 'date-time':
    case 'binary':
      return Type.String({ format: base })
    case 'enum':
    case 'any':
      break
  }
  return Type.Unknown()
}

/** Digits with or without quotes; `Numeric(4)` is at most four of them. */
function numeric(digits: { min: number; max: number } | undefined): TSchema {
  if (digits === undefined)
    return Type.Union([Type.String({ pattern: '^-?[0-9]+(\\.[0-9]+)?$' }), Type.Number()])
  const { min, max } = digits
  // Beyond 15 digits a bound could not be told from its neighbour.
  const limits = max <= 15 ? { minimum: 0, maximum: 10 ** max - 1 } : { minimum: 0 }
  return Type.Union([
    Type.String({ pattern: `^[0-9]{${min === max ? max : `${min},${max}`}}$` }),
    Type.Integer(limits),
  ])
}

function textLimits(size: { min?: number; max: number } | undefined, facts: Facts): Record<string, unknown> {
  const { digits } = facts
  const pattern =
    facts.pattern ??
    (digits && `^[0-9]{${digits.min === digits.max ? digits.max : `${digits.min},${digits.max}`}}$`)
  const minLength = facts.minLength ?? size?.min
  const maxLength = facts.maxLength ?? size?.max
  return {
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
  }
}

function numberLimits(facts: Facts): Record<string, number> {
  const maximum =
    facts.maximum ?? (facts.digits && facts.digits.max <= 15 ? 10 ** facts.digits.max - 1 : undefined)
  return {
    ...(facts.minimum !== undefined && { minimum: facts.minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(facts.exclusiveMinimum !== undefined && { exclusiveMinimum: facts.exclusiveMinimum }),
  }
}

/** The values as literals of their type; where that is open, a number may stand with quotes or without. */
function ofValues(values: readonly string[], base: 'string' | 'integer' | 'number' | 'any'): TSchema {
  const literals = values.flatMap((value): TSchema[] => {
    const isNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(value)
    if (base === 'string' || !isNumber) return [Type.Literal(value)]
    return base === 'any' ? [Type.Literal(value), Type.Literal(Number(value))] : [Type.Literal(Number(value))]
  })
  const [only] = literals
  return literals.length === 1 && only !== undefined ? only : Type.Union(literals)
}
