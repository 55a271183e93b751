import { type TSchema, Type } from '@sinclair/typebox'

export function schemaOfTypeText(
  typeText: string | undefined,
  _description?: string,
): { schema: TSchema; understood: boolean } {
  if (/^\s*string\s*$/i.test(typeText ?? '')) return { schema: Type.String(), understood: true }
  return { schema: Type.Unknown(), understood: false }
}
