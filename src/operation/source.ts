import { type Static, Type } from '@sinclair/typebox'

/** A place in a document that states a fact. `file` is relative to the working directory, `line` counts from 1. */
export const SourceLocation = Type.Object({ file: Type.String(), line: Type.Integer({ minimum: 1 }) })
export type SourceLocation = Static<typeof SourceLocation>

/** `docs/reset-pin-api.md:41`, the form that editors and terminals turn into a link. */
export const formatSource = (source: SourceLocation): string => `${source.file}:${source.line}`

/** The reverse of {@link formatSource}; undefined where the text names no line. */
export function parseSource(text: string): SourceLocation | undefined {
  const match = /^(.+):(\d+)$/.exec(text)
  return match?.[1] && Number(match[2]) > 0 ? { file: match[1], line: Number(match[2]) } : undefined
}

/**
 * The schema keyword under which each schema carries the place that documents it, as `file:line`.
 * An `x-` keyword passes through OpenAPI documents and validators unharmed.
 */
export const SOURCE_KEYWORD = 'x-source'
