import { isDeepStrictEqual } from 'node:util'
import { breaks, type Emit } from './emit.js'
import { type Level, type Types, typesAt } from './level.js'

/** False where the types have nothing in common, so that the rest is another schema. */
export function diffTypes(old: Level, now: Level, emit: Emit): boolean {
  const [before, after] = [typesAt(old), typesAt(now)]
  if (isDeepStrictEqual(before?.toSorted(), after?.toSorted())) return true
  const narrower = covers(before, after, emit)
  const wider = covers(after, before, emit)
  const message = `the type was ${show(before)} and is ${show(after)}`
  if (narrower || wider)
    emit.say(narrower ? 'type-narrowed' : 'type-widened', breaks(emit, narrower), message)
  else emit.say('type-changed', true, message)
  // Nothing more can be said of a side that allows anything.
  return (narrower || wider) && ![old, now].some(isFree)
}

const isFree = (level: Level): boolean =>
  typesAt(level) === undefined &&
  level.flat.properties.size === 0 &&
  !level.flat.keywords.has('anyOf') &&
  !level.flat.keywords.has('oneOf')

const show = (types: Types): string => types?.join(' or ') ?? 'any'

/** Every value of `part` is one of `whole`. */
const covers = (whole: Types, part: Types, { textual }: Emit): boolean =>
  whole === undefined ||
  (part !== undefined &&
    part.every(
      (type) =>
        whole.includes(type) ||
        (type === 'integer' && whole.includes('number')) ||
        (textual && whole.includes('string') && TEXTS.has(type)),
    ))

/** Types whose values are strings too, where all there is are texts. */
const TEXTS = new Set(['integer', 'number', 'boolean'])
