import type { Finding } from '../operation/finding.js'
import type { SourceLocation } from '../operation/source.js'

/** A curl command as a page prints it. Nothing is expanded: `$VAR`, `{{host}}` stay as written. */
export interface CurlCommand {
  /** In upper case; GET or POST where the command leaves it to curl. */
  method: string
  url: string
  headers: { name: string; value: string; source: SourceLocation }[]
  body?: { text: string; source: SourceLocation }
  /** Where it would not run as printed in a POSIX shell, by line. */
  findings: Finding[]
  source: SourceLocation
}

export const readCurl = (text: string, at: SourceLocation): CurlCommand | undefined => readCurls(text, at)[0]

export function readCurls(text: string, at: SourceLocation): CurlCommand[] {
  const url = /https?:\/\/[^\s'"]+/.exec(text)?.[0]
  if (!/\bcurl\b/.test(text) || url === undefined) return []
  return [{ method: 'GET', url, headers: [], findings: [], source: at }]
}
