import type { Answer } from './answers.js'

/** What INFO says, by name (https://redis.io/docs/latest/commands/info/); empty where it said nothing. */
export const infoOf = (answer: Answer): ReadonlyMap<string, string> =>
  new Map(
    String(answer ?? '')
      .split('\r\n')
      .flatMap((line) => {
        const colon = line.indexOf(':')
        return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : []
      }),
  )
