import type { Report } from './compare.js'
import type { Flat } from './flatten.js'
import type { ConsumerRule } from './pact-rules.js'
import { listedValues, typesOf } from './scalar.js'

type Narrow = Pick<Parameters<Report>[0], 'rule' | 'severity' | 'message'>

/** What a consumer's matcher turns down although the docs allow it; undefined where there is nothing. */
export function refused(flat: Flat, rule: ConsumerRule | undefined): Narrow | undefined {
  const types = typesOf(flat)
  const takes = (name: string): boolean => rule?.matchers.includes(name) === true
  if (takes('decimal') && types?.includes('integer')) {
    const message = 'A number with a fraction is expected, and the docs say integer'
    return { rule: 'type-mismatch', severity: 'error', message }
  }
  if (takes('integer') && types?.includes('number') && !listedValues(flat)) {
    const message = 'An integer is expected, and the docs allow any number'
    return { rule: 'exact-value', severity: 'warning', message }
  }
  const expressions = (rule?.expressions ?? []).map(wholeMatch).filter((one) => one !== undefined)
  const other = listedValues(flat)?.values.find(
    (value) => typeof value === 'string' && expressions.some((expression) => !expression.test(value)),
  )
  if (other === undefined) return undefined
  const message = `Only what matches ${expressions.join(' and ')} is expected, and the docs also allow ${JSON.stringify(other)}`
  return { rule: 'exact-value', severity: 'warning', message }
}

/** Undefined for an expression of another engine that JavaScript does not read. */
function wholeMatch(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`, 'u')
  } catch {
    return undefined
  }
}
