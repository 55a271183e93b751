/** The kinds of value that TypeBox's options allow for the keywords they name; others may be anything. */
const kinds = new Map([
  ...['$schema', '$id', 'title', 'description', 'pattern', 'format', 'contentMediaType'].map(
    (key) => [key, 'string'] as const,
  ),
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains'].map(
    (key) => [key, 'number'] as const,
  ),
  ...['minProperties', 'maxProperties', 'minimum', 'maximum', 'multipleOf'].map(
    (key) => [key, 'number'] as const,
  ),
  ...['exclusiveMinimum', 'exclusiveMaximum'].map((key) => [key, 'number'] as const),
  ...['readOnly', 'writeOnly', 'uniqueItems'].map((key) => [key, 'boolean'] as const),
])
const ENCODINGS = new Set<unknown>(['7bit', '8bit', 'binary', 'quoted-printable', 'base64'])
const SCHEMAS = new Set(['if', 'then', 'else', 'additionalProperties', 'contains', 'unevaluatedProperties'])

/** Whether a schema's keywords are of the kinds that TypeBox's types ask for; else it can only be written as it stands. */
export const fitsOptions = (schema: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(schema).every(([key, value]) => {
    const kind = kinds.get(key)
    if (key === '__proto__' || (kind !== undefined && typeof value !== kind)) return false
    if (key === 'contentEncoding') return ENCODINGS.has(value)
    return !SCHEMAS.has(key) || typeof value === 'object' || typeof value === 'boolean'
  })
