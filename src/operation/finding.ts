import { type Static, Type } from '@sinclair/typebox'
import { SourceLocation } from './source.js'

/** Something that a description gets wrong or leaves open. Never fatal for the rest of the description. */
export const Finding = Type.Object({
  /** Kebab-case id of the rule; each has a page in docs/rules/. */
  rule: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')]),
  /** What is wrong and what to do, as a sentence. */
  message: Type.String(),
  source: SourceLocation,
})
export type Finding = Static<typeof Finding>
