/** Differences of schemas, which are told for what is sent and for what is received. */
const SCHEMA_RULES = [
  'type-changed',
  'type-narrowed',
  'type-widened',
  'values-narrowed',
  'values-widened',
  'constraint-tightened',
  'constraint-loosened',
  'constraint-changed',
  'alternative-added',
  'alternative-removed',
  'object-closed',
  'object-opened',
  'member-added',
  'member-removed',
  'member-became-required',
  'member-became-optional',
  'media-type-added',
  'media-type-removed',
] as const
export type SchemaRule = (typeof SCHEMA_RULES)[number]

const OTHER_RULES = [
  'operation-added',
  'operation-removed',
  'operation-deprecated',
  'parameter-added',
  'parameter-removed',
  'parameter-moved',
  'parameter-style-changed',
  'parameter-became-required',
  'parameter-became-optional',
  'required-parameter-added',
  'credential-required',
  'credential-dropped',
  'credential-alternative-added',
  'request-body-added',
  'request-body-removed',
  'request-body-required',
  'request-body-became-optional',
  'request-required-member-added',
  'request-default-changed',
  'response-status-added',
  'response-status-removed',
  'response-body-undocumented',
  'response-header-added',
  'response-header-removed',
  'response-header-became-optional',
] as const

export type DiffRule = (typeof OTHER_RULES)[number] | `${'request' | 'response'}-${SchemaRule}`

/** Every rule of a diff; docs/guides/compare-and-diff.md explains each. */
export const DIFF_RULES: readonly DiffRule[] = [
  ...OTHER_RULES,
  ...SCHEMA_RULES.map((rule) => `request-${rule}` as const),
  ...SCHEMA_RULES.map((rule) => `response-${rule}` as const),
]
