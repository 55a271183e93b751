import { normalise, singular } from '../pair/member-names.js'
import type { Located } from '../schema/located.js'
import type { Shapes } from './shape.js'

/** Members that tell an item from others, the surest first. */
const SURE = ['id', 'uuid', 'guid']
const LIKELY = ['slug', 'login', 'username', 'handle', 'key', 'code', 'number', 'name']

/** Parameters that go by another name than the member: of a user's names `name` is the one that is not unique. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  username: ['username', 'login', 'handle'],
  user: ['username', 'login', 'handle'],
}

/**
 * The member of an item that a path parameter names: `petId` is `petId`, `pet_id` or the `id` of a
 * pet, `issue_number` its `number`. Undefined where no member evidently is.
 *
 * @param noun of the collection, normalised: `pets`
 */
export function idMember(
  item: Located,
  parameter: { readonly name: string; readonly schema: Located } | undefined,
  noun: string,
  shapes: Shapes,
): string | undefined {
  const members = shapes.normalised(item)
  const named = parameter ? candidates(normalise(parameter.name), noun) : [...SURE, `${singular(noun)}id`]
  const kind = parameter && kindOf(parameter.schema, shapes)
  const fits = (loose: boolean) => (candidate: string) => {
    const member = shapes.member(item, members.get(candidate) ?? '')
    const found = member && kindOf(member, shapes)
    if (found === undefined || found === 'other') return false
    if (kind === 'number' && found === 'text') return false
    return loose || kind !== 'text' || found !== 'number'
  }
  // Paths are text, and descriptions often leave it at that where the identifier is a number.
  const candidate = named.find(fits(false)) ?? named.find(fits(true))
  return candidate === undefined ? undefined : members.get(candidate)
}

function candidates(parameter: string, noun: string): string[] {
  const synonyms = SYNONYMS[parameter]
  if (synonyms) return [...synonyms, ...SURE]
  const one = singular(noun)
  const owner = [noun, one].find((word) => word !== '' && parameter.startsWith(word) && parameter !== word)
  const tail = [...SURE, ...LIKELY].find((word) => parameter.endsWith(word))
  const isSure = tail !== undefined && SURE.includes(tail)
  return [
    parameter,
    ...(owner === undefined ? [] : [parameter.slice(owner.length)]),
    ...(tail === undefined ? [] : [tail]),
    ...(isSure ? [...SURE, `${one}id`] : []),
    // `/orders/{order}`: named by its noun alone, or by a word that is no identifier's.
    ...(tail === undefined ? [...SURE, `${one}id`, `${parameter}id`, ...LIKELY] : []),
  ]
}

function kindOf(schema: Located, shapes: Shapes): 'number' | 'text' | 'any' | 'other' {
  const types = shapes.types(schema)
  if (!types) return 'any'
  const isNumber = types.has('integer') || types.has('number')
  if (types.has('string')) return isNumber ? 'any' : 'text'
  return isNumber ? 'number' : 'other'
}
