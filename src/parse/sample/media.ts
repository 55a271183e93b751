/** The media type of a text that is not JSON, by how it begins; `info` (fence info, tab title) helps where that is open. */
export function mediaTypeOfText(text: string, info?: string): string {
  const start = text.trimStart().slice(0, 2000)
  if (/^(?:<!doctype\s+html|<html[\s>])/i.test(start)) return 'text/html'
  if (/^<\?xml[\s?]/i.test(start)) return 'application/xml'
  const tag = /^<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?(\/?)>/.exec(start)?.[1]
  if (tag !== undefined && (text.includes(`</${tag}`) || start.includes('/>'))) {
    return HTML_TAG.test(tag) ? 'text/html' : 'application/xml'
  }
  if (FORM.test(text.trim().slice(0, 5000))) return 'application/x-www-form-urlencoded'
  const named = /\b(xml|html|yaml|yml|csv|form)\b/i.exec(info ?? '')?.[1]?.toLowerCase()
  if (named === 'yaml' || named === 'yml') return 'application/yaml'
  if (named === 'csv') return 'text/csv'
  if (named === 'form' && /^[^\s=]+=\S*$/.test(text.trim())) return 'application/x-www-form-urlencoded'
  return 'text/plain'
}

const HTML_TAG =
  /^(?:a|body|br|center|div|form|h[1-6]|head|hr|img|input|li|link|meta|ol|p|script|span|style|table|title|ul)$/i
/** Two pairs at least: `a=1` alone may be anything. The pairs may stand on lines of their own. */
const FORM = /^[\w.%[\]$-]+=[^&\s]*(?:\s*&\s*[\w.%[\]$-]+=[^&\s]*)+$/
