import { formatSource, type SourceLocation } from '../operation/source.js'

/** The stages of a request's one way, in order. */
export type Stage = 'match' | 'session' | 'check' | 'steer' | 'behave' | 'choose' | 'send'

/** What one stage decided and why. Reply headers, log lines, problems and the journal all show these. */
export interface Decision {
  readonly stage: Stage
  readonly outcome: string
  readonly reason: string
  readonly source?: SourceLocation
}

/**
 * What a reply holds that the docs do not say, for the `standin-note` header:
 * - `undocumented-body`: the status is documented, its body is not
 * - `own-reply`: the docs list no such reply at all; it is Standin's
 * - `repaired-example`, `edited-example`, `generated-body`: the body is not as the docs print it
 * - `not-checked`: a body that came through the proxy was not held against the docs
 * - `upstream-down`: the reply is the mock's, since the proxy's upstream gave none
 * - `upstream-unimplemented`: the reply is the mock's, since the proxy's upstream answered 501
 * - `passed-on`: the reply is that of an upstream, since the docs have no such operation
 * - `override`: somebody set the reply from outside, see src/steer
 * - `from-state`: the body is what the state holds
 * - `breaks-schema`: the body is as the docs print it, and that is not what their schema asks for
 * - `deprecated-parameter`: the request uses parameters that the docs call deprecated
 * - `other-path`: the request has a slash at the end of its path that the docs have not, or lacks theirs
 */
export interface Note {
  readonly kind:
    | 'undocumented-body'
    | 'own-reply'
    | 'repaired-example'
    | 'edited-example'
    | 'generated-body'
    | 'override'
    | 'passed-on'
    | 'from-state'
    | 'breaks-schema'
    | 'other-path'
    | 'deprecated-parameter'
    | 'not-checked'
    | 'upstream-down'
    | 'upstream-unimplemented'
  readonly text: string
  readonly source?: SourceLocation
}

export const OWN_REPLY: Note = {
  kind: 'own-reply',
  text: 'an answer of Standin itself, the docs list none',
}

export const OTHER_PATH: Note = {
  kind: 'other-path',
  text: 'the docs have this path only with, or only without, the slash at its end',
}

/** `undocumented-body; "why (file:line)"`: a token with a quoted string, several parted by commas. */
export const formatNotes = (notes: readonly Note[]): string =>
  notes.map((note) => `${note.kind}; ${quote(withPlace(note))}`).join(', ')

/** Its text, with where the docs say it. */
export const withPlace = ({ text, source }: Note): string =>
  source ? `${text} (${formatSource(source)})` : text

/** A quoted string of RFC 9110 section 5.6.4; what a header cannot hold is percent-encoded. */
export const quote = (text: string): string => `"${headerText(text).replaceAll(/["\\]/g, '\\$&')}"`

const UNFIT = /[^\x20-\x7e]| {2}/

/** Text made fit for a header: line breaks become spaces, what is not printable ASCII is percent-encoded UTF-8. */
export const headerText = (text: string): string =>
  UNFIT.test(text)
    ? text
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/[^\x20-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()))
    : text
