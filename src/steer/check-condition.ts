import { joinPointer } from '../operation/pointer.js'
import type { Condition, ValueMatch } from './condition.js'
import { Refused } from './refused.js'

/** RFC 9110 section 5.1. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

const PLACES = ['headers', 'query', 'path', 'body'] as const

/** Characters of a pattern; a longer one is no pattern that a person writes. */
const LONGEST_PATTERN = 1000

/** RFC 6901 section 3. */
const POINTER = /^(\/([^~/]|~[01])*)*$/

/** Throws {@link Refused}, with the place in the condition, where it can never be asked. */
export function checkCondition(condition: Condition): void {
  for (const place of PLACES) {
    for (const [name, match] of Object.entries(condition[place] ?? {})) {
      const pointer = joinPointer(`/${place}`, name)
      if (place === 'body' && !POINTER.test(name)) {
        throw new Refused(
          pointer,
          `'${name}' is no JSON pointer: it is empty or begins with '/', as in '/data/pin' (RFC 6901)`,
        )
      }
      if (place === 'headers' && !HEADER_NAME.test(name)) {
        throw new Refused(pointer, `'${name}' cannot be the name of a header, so no request has it`)
      }
      checkPattern(match, pointer)
    }
  }
}

function checkPattern(match: ValueMatch, pointer: string): void {
  if (typeof match !== 'object' || match === null || !('matches' in match)) return
  const place = `${pointer}/matches`
  if (match.matches.length > LONGEST_PATTERN) {
    throw new Refused(place, `The pattern is longer than ${LONGEST_PATTERN} characters`)
  }
  try {
    void new RegExp(match.matches, 'u')
  } catch (error) {
    throw new Refused(place, error instanceof Error ? error.message : String(error))
  }
}
