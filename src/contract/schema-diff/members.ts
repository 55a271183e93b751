import { isObject } from '../../operation/json-object.js'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../../operation/source.js'
import type { Flat } from '../flatten.js'
import { memberOf } from '../value.js'
import type { Emit } from './emit.js'
import { isClosed, type Level } from './level.js'

/** Members that came, went, or must be there now, and whether others may be. */
export function diffMembers(old: Level, now: Level, emit: Emit): void {
  const sent = emit.direction === 'request'
  const [wasClosed, closed] = [isClosed(old), isClosed(now)]
  if (closed && !wasClosed) {
    // Members of any name that are documented as such are read as well.
    const map = isObject(old.flat.keywords.get('additionalProperties')?.schema)
    emit.say('object-closed', sent || map, 'members that are not documented are refused now')
  }
  if (wasClosed && !closed)
    emit.say('object-opened', false, 'members that are not documented are allowed now')
  for (const name of namesOf(old.flat, now.flat)) diffMember(name, old.flat, now.flat, { emit, closed })
}

const namesOf = (...flats: readonly Flat[]): Set<string> =>
  new Set(flats.flatMap(({ properties, required }) => [...properties.keys(), ...required]))

function diffMember(
  name: string,
  old: Flat,
  now: Flat,
  { emit, closed }: { emit: Emit; closed: boolean },
): void {
  const member = { name, old: placeOfMember(old, name), new: placeOfMember(now, name) }
  const [was, is] = [old.properties.has(name), now.properties.has(name)]
  const [needed, needs] = [old.required.has(name), now.required.has(name)]
  const sent = emit.direction === 'request'
  if (was && !is)
    emit.say('member-removed', sent ? closed : true, `"${name}" is gone`, { name, old: member.old })
  else if (!was && is) {
    const breaking = sent && needs
    emit.say(
      breaking ? 'required-member-added' : 'member-added',
      breaking,
      `"${name}" is new${breaking ? ' and required' : ''}`,
      { name, new: member.new },
    )
  } else if (!needed && needs)
    emit.say('member-became-required', sent, `"${name}" was optional and is required`, member)
  else if (needed && !needs)
    emit.say('member-became-optional', !sent, `"${name}" was always there and may be absent`, member)
}

export function placeOf({ keywords }: Flat): SourceLocation | undefined {
  const text = keywords.get(SOURCE_KEYWORD)?.schema
  return typeof text === 'string' ? parseSource(text) : undefined
}

function placeOfMember({ properties }: Flat, name: string): SourceLocation | undefined {
  const texts = properties.get(name)?.map(({ schema }) => memberOf(schema, SOURCE_KEYWORD)) ?? []
  const text = texts.find((one) => typeof one === 'string')
  return typeof text === 'string' ? parseSource(text) : undefined
}
