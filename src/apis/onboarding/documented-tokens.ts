import { parseExact } from '../../operation/json.js'
import type { Operation } from '../../operation/operation.js'

/** The tokens that the docs show: values of X-API-TOKEN, and members named `token` of the examples. */
export function documentedTokens(operations: readonly Operation[]): ReadonlySet<string> {
  const tokens = new Set<string>()
  for (const { parameters, requestBody, responses } of operations) {
    for (const { name, example } of parameters) {
      if (name === 'X-API-TOKEN' && example !== undefined) tokens.add(example)
    }
    for (const { content } of [...(requestBody ? [requestBody] : []), ...responses]) {
      for (const { text } of content.flatMap(({ examples }) => examples)) collect(parseExact(text), tokens)
    }
  }
  return tokens
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (name === 'token' && typeof member === 'string') into.add(member)
    else collect(member, into)
  }
}
