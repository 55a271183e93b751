import { type TSchema, Type } from '@sinclair/typebox'
import type { Finding } from './finding.js'
import type { Parameter } from './operation.js'
import type { SourceLocation } from './source.js'

export function inferSchema(_evidence: {
  samples: readonly unknown[]
  fields: readonly Parameter[]
  at: SourceLocation
}): { schema: TSchema; findings: Finding[] } {
  return { schema: Type.Unknown(), findings: [] }
}
