import type { SourceLocation } from '../../operation/source.js'
import { type Found, type Note, places, type Spot } from '../change.js'
import type { SchemaRule } from '../diff-rules.js'
import type { Direction } from '../direction.js'

/** Shown to the reader of a change: `request body`, `response 200 body`. */
export interface Context {
  readonly direction: Direction
  readonly label: string
  readonly spot: Spot
  readonly note: Note
  /** Values are written as text, so that a string may be any of them: parameters and headers. */
  readonly textual?: true
}

/** Says what differs at one place of a schema. */
export interface Emit {
  readonly direction: Direction
  readonly textual: boolean
  say(rule: SchemaRule | RequestRule, breaking: boolean, message: string, member?: Member): void
}
type RequestRule = 'required-member-added' | 'default-changed'

export interface Member {
  readonly name: string
  readonly old?: SourceLocation | undefined
  readonly new?: SourceLocation | undefined
}

/** What concerns those who leave the member out. */
const UNSENT = new Set<string>(['required-member-added', 'member-became-required', 'default-changed'])

export function emitter(
  { label, spot, note, direction, textual }: Context,
  path: readonly string[],
  at: { old: SourceLocation; new: SourceLocation },
): Emit {
  const say: Emit['say'] = (rule, breaking, message, member) => {
    const full = member ? [...path, member.name] : path
    const found: Found = {
      rule:
        rule === 'required-member-added' || rule === 'default-changed'
          ? `request-${rule}`
          : `${direction}-${rule}`,
      breaking,
      message,
      where: [label, full.join('.')].filter(Boolean).join(' '),
      spot: {
        ...spot,
        ...(label.endsWith('body') ? { body: full } : {}),
        ...(UNSENT.has(rule) && direction === 'request' ? { unsent: true } : {}),
      },
      ...places(member ? (member.old ?? at.old) : at.old, member ? (member.new ?? at.new) : at.new),
    }
    note(found)
  }
  return { direction, textual: textual === true, say }
}

/** Fewer values break those who send them, more values those who read them. */
export const breaks = ({ direction }: Emit, fewer: boolean): boolean => fewer === (direction === 'request')
