import { createHash } from 'node:crypto'

/** Names that Windows keeps for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * The file of a named session, without its folder. Names that any file system takes and tells
 * apart stay as they are; others get a digest, for letter case, length and separators.
 */
export function sessionFileName(session: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(session) && !DEVICE.test(session)) return `${session}.json`
  const digest = createHash('sha256').update(session).digest('hex').slice(0, 24)
  const readable = session
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
  return `${readable}~${digest}.json`
}
