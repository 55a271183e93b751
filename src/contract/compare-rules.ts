/** Every rule of a comparison; docs/guides/compare-and-diff.md explains each. */
export const COMPARE_RULES = [
  'undocumented-operation',
  'missing-parameter',
  'parameter-refused',
  'undocumented-parameter',
  'missing-credential',
  'missing-body',
  'undocumented-request-body',
  'media-type-refused',
  'body-refused',
  'undocumented-status',
  'undocumented-header',
  'optional-header',
  'undocumented-body',
  'undocumented-media-type',
  'undocumented-member',
  'optional-member',
  'nullable-member',
  'type-mismatch',
  'exact-value',
] as const
export type CompareRule = (typeof COMPARE_RULES)[number]
