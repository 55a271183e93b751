import { type Static, Type } from '@sinclair/typebox'
import { ParameterPlace } from '../operation/operation.js'
import { SourceLocation } from '../operation/source.js'

/** One way in which a message breaks its description. */
export const Violation = Type.Object({
  /** A reply may also break the docs by its status. */
  in: Type.Union([ParameterPlace, Type.Literal('status')]),
  /** The parameter's name; absent for a body. */
  name: Type.Optional(Type.String()),
  /** JSON pointer (RFC 6901) inside the value; `''` is the value itself. */
  pointer: Type.String(),
  /** The schema keyword that was broken, or `syntax`, `required`, `media-type` where none is. */
  keyword: Type.String(),
  /** What is wrong, as the rest of a sentence that begins with the place. */
  message: Type.String(),
  expected: Type.Optional(Type.Unknown()),
  /** What the docs say there. */
  docs: Type.Optional(Type.String()),
  source: Type.Optional(SourceLocation),
})
export type Violation = Static<typeof Violation>

/** `body /pin`, `header X-API-TOKEN`: the place of a violation, for a sentence. */
export function placeOf(violation: Violation): string {
  const name = violation.name === undefined ? '' : ` ${violation.name}`
  return `${violation.in}${name}${violation.pointer === '' ? '' : ` ${violation.pointer}`}`
}

/** How many violations, and how many characters of each, a line holds: clients refuse headers of 16 KiB and more. */
const MOST = 8
const LONGEST = 200

/** The first of them in one line, for a header, a log line or a problem's detail. */
export function summarize(violations: readonly Violation[]): string {
  const shown = violations.slice(0, MOST).map((violation) => {
    const text = `${placeOf(violation)} ${violation.message}`
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
  })
  const more = violations.length - shown.length
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}
