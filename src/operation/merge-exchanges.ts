import type { Example, Exchange, Operation, Response } from './operation.js'
import { isSamePlace, shownExample } from './shown-example.js'

/** What several accounts of one operation show of requests and their replies, by the examples of the merged ones. */
export function mergeExchanges(accounts: readonly Operation[], responses: readonly Response[]): Exchange[] {
  return accounts.flatMap((account) =>
    (account.exchanges ?? []).flatMap((exchange): Exchange[] => {
      const { example, status } = exchange
      if (example === undefined) return [exchange]
      const own = shownExample(examplesOf(account.responses, status), exchange)
      // Of two accounts that show the same body only one has been kept, and of two names one changed.
      const same = examplesOf(responses, status).filter(({ text }) => text === own?.text)
      const kept = same.find(({ source }) => isSamePlace(source, example)) ?? same[0]
      return kept ? [{ ...exchange, example: kept.source, name: kept.name }] : []
    }),
  )
}

const examplesOf = (responses: readonly Response[], status: string): Example[] =>
  responses
    .filter((response) => response.status === status)
    .flatMap(({ content }) => content.flatMap(({ examples }) => examples))
