import { randomBytes } from 'node:crypto'

const LONGEST_TITLE = 48

/** A name that no other session has; begins with what can be kept of a test's title, for people who look at the journal. */
export function newSessionName(title = 'test'): string {
  const kept = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST_TITLE)
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return `${kept === '' ? 'test' : kept}-${randomBytes(6).toString('hex')}`
}
