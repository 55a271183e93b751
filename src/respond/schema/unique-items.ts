import type { ErrorObject, FuncKeywordDefinition, SchemaValidateFunction } from 'ajv'
import { equal } from '../../operation/equal.js'

/** As Ajv numbers and words it. */
const duplicate = (j: number, i: number): Partial<ErrorObject> => ({
  keyword: 'uniqueItems',
  params: { i, j },
  message: `must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
})

const validate: SchemaValidateFunction = (wanted: unknown, items: unknown): boolean => {
  if (wanted !== true || !Array.isArray(items)) return true
  const pair = firstPair(items)
  validate.errors = pair ? [duplicate(...pair)] : []
  return !pair
}

/**
 * `uniqueItems` (JSON Schema 2020-12 validation, section 6.4.3) in the place of Ajv's own, which compares
 * with a function that calls members named `valueOf` or `toString`, and throws where they are data.
 */
export const uniqueItems: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: true,
  validate,
}

function firstPair(items: readonly unknown[]): [number, number] | undefined {
  const scalars = new Map<unknown, number>()
  const others: number[] = []
  for (const [index, item] of items.entries()) {
    if (typeof item === 'object' && item !== null) {
      const same = others.find((other) => equal(items[other], item))
      if (same !== undefined) return [same, index]
      others.push(index)
    } else {
      const same = scalars.get(item)
      if (same !== undefined) return [same, index]
      scalars.set(item, index)
    }
  }
  return undefined
}
