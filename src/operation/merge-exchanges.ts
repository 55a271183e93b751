import type { Example, Exchange, Operation, Response } from './operation.js'
import { formatSource } from './source.js'

/** What several accounts of one operation show of requests and their replies, by the examples of the merged ones. */
export function mergeExchanges(accounts: readonly Operation[], responses: readonly Response[]): Exchange[] {
  return accounts.flatMap((account) =>
    (account.exchanges ?? []).flatMap((exchange): Exchange[] => {
      if (exchange.example === undefined) return [exchange]
      const kept = examplesOf(responses, exchange.status)
      const place = formatSource(exchange.example)
      if (kept.some(({ source }) => formatSource(source) === place)) return [exchange]
      // Of two accounts that show the same body only one has been kept.
      const own = examplesOf(account.responses, exchange.status)
      const text = own.find(({ source }) => formatSource(source) === place)?.text
      const same = kept.find((example) => example.text === text)
      return same ? [{ ...exchange, example: same.source }] : []
    }),
  )
}

const examplesOf = (responses: readonly Response[], status: string): Example[] =>
  responses
    .filter((response) => response.status === status)
    .flatMap(({ content }) => content.flatMap(({ examples }) => examples))
