import { errors } from '../../errors.js'

/** What a Redis answers in place of doing what it is asked: an error whose first word is its code. */
interface Refusal {
  readonly pattern: RegExp
  /** @param said in the server's own words @param keys those that were asked for */
  readonly error: (location: string, said: string, keys: readonly string[]) => Error
}

const REFUSALS: readonly Refusal[] = [
  {
    pattern: /^(WRONGPASS|NOAUTH|NOPERM|ERR (AUTH|invalid password|Client sent AUTH))/i,
    error: (location, said) => new errors.STANDIN_ERR_STORE_ACCESS(location, said),
  },
  {
    pattern: /^READONLY/,
    error: (location, said) => new errors.STANDIN_ERR_STORE_READONLY(location, said),
  },
  {
    pattern: /^OOM/,
    error: (location, said) => new errors.STANDIN_ERR_STORE_FULL(location, said),
  },
  {
    pattern: /^WRONGTYPE/,
    error: (location, said, keys) =>
      new errors.STANDIN_ERR_STORE_FOREIGN(location, keys.join(' or ') || 'that was asked for', said),
  },
  {
    pattern: /^(MOVED|ASK|CLUSTERDOWN|CROSSSLOT|TRYAGAIN)/,
    error: (location, said) => new errors.STANDIN_ERR_STORE_CLUSTER(location, said),
  },
  {
    pattern: /^LOADING/,
    error: (location) =>
      new errors.STANDIN_ERR_STORE_UNREACHABLE(location, 'it is still reading its data from the disk'),
  },
  {
    pattern: /^(MASTERDOWN|BUSY) /,
    error: (location, said) => new errors.STANDIN_ERR_STORE_UNREACHABLE(location, said),
  },
]

/** The error for what Redis said; undefined where it is none of those that have a name. */
export function refusal(location: string, message: string, keys: readonly string[] = []): Error | undefined {
  const said = inOneLine(message)
  return REFUSALS.find(({ pattern }) => pattern.test(said))?.error(location, said, keys)
}

/** Whether it is what Redis answered, rather than that it did not. */
export const isReply = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ReplyError'

/** Without the place in the script, and without a full stop, since a sentence goes on behind it. */
export const inOneLine = (message: string): string =>
  message
    .replaceAll(/\s+/g, ' ')
    .replace(/ script: [0-9a-f]{40}.*$/, '')
    .replace(/[.,]+$/, '')

/** Why there is no connection, in words. */
export function disconnection(error: unknown): string {
  // A host with several addresses has failed at each of them.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(disconnection))].join(', ')
  const message = error instanceof Error ? error.message : String(error)
  return message === '' || message.startsWith('Connection is closed')
    ? 'the connection was closed'
    : inOneLine(message)
}
