/** Matching rules as a Pact file of specification version 4 holds them: by path, a list that is met by all or by any. */

export interface Matcher {
  readonly match: string
  readonly [option: string]: unknown
}

export interface RuleList {
  readonly combine: 'AND' | 'OR'
  readonly matchers: readonly Matcher[]
}

export type Rules = Record<string, RuleList>

export const allOf = (...matchers: Matcher[]): RuleList => ({ combine: 'AND', matchers })
export const anyOf = (...matchers: Matcher[]): RuleList => ({ combine: 'OR', matchers })

export const type: Matcher = { match: 'type' }
export const regex = (pattern: string): Matcher => ({ match: 'regex', regex: pattern })

/** A regular expression that every text meets, line breaks included. */
export const EVERYTHING = String.raw`[\s\S]*`

/** Accepts any JSON value. The engine compares the value's text, so the example must be a scalar. */
export const anything: RuleList = allOf(regex(EVERYTHING))
export const ANYTHING_EXAMPLE = 'any JSON value'

/** Rules out nothing but names that do not match, and with it "every member of the example must be there". */
export const eachKey = (pattern: string, example: string): Matcher => ({
  match: 'eachKey',
  rules: [regex(pattern)],
  value: example,
})

/** A regular expression that matches exactly the given texts. */
export const oneOfTexts = (texts: readonly string[]): string => `(${texts.map(escapeRegex).join('|')})`

const escapeRegex = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)

/**
 * Names that a path expression can hold. An empty name, a quote or a backslash is not one: the
 * engine refuses the whole file for some of them and looks past the rule for the others.
 */
export const isExpressibleName = (name: string): boolean => name !== '' && !/['"\\\p{Cc}]/u.test(name)

export const memberPath = (path: string, name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`
export const itemPath = (path: string): string => `${path}[*]`
export const valuePath = (path: string): string => `${path}.*`
