const STATUS_LINE = /^HTTP\/\d(?:\.\d)?[ \t]+([1-5]\d\d)\b[^\n]*$/i
const REQUEST_LINE =
  /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)[ \t]+\S+(?:[ \t]+HTTP\/\d(?:\.\d)?)[ \t]*$/
const HEADER = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:[ \t]*(.*)$/
/** `200 OK`, `Status: 200`, `400 - Bad Request` as a line of its own. */
const STATUS_ALONE =
  /^(?:\*\*)?(?:(?:http\s+)?(?:response\s+)?(?:status|code)(?:\s+code)?\s*[:=]?\s*)?([1-5]\d\d)(?:\s*[:\u2013\u2014-]?\s*[A-Z][A-Za-z' -]{0,40})?(?:\*\*)?:?$/i

/** A part of a text: the head of an HTTP message, if one was shown, and where its body lies. */
export interface Section {
  start: number
  bodyStart: number
  bodyEnd: number
  head: boolean
  status?: string
  mediaType?: string
}

/** Splits a text at the HTTP heads in it (RFC 9112 section 2.1), tolerant of a missing blank line before the body. */
export function splitAtHeads(text: string): Section[] {
  const sections: Section[] = [{ start: 0, bodyStart: 0, bodyEnd: text.length, head: false }]
  let inHead = false
  let lineStart = 0
  while (lineStart < text.length) {
    const newLine = text.indexOf('\n', lineStart)
    const lineEnd = newLine === -1 ? text.length : newLine
    const line = lineEnd - lineStart > 2000 ? '' : text.slice(lineStart, lineEnd).trim()
    const next = newLine === -1 ? text.length : newLine + 1
    const status = STATUS_LINE.exec(line)?.[1]
    const current = sections.at(-1)
    if (status !== undefined || REQUEST_LINE.test(line)) {
      if (current) current.bodyEnd = lineStart
      sections.push({
        start: lineStart,
        bodyStart: next,
        bodyEnd: text.length,
        head: true,
        ...(status && { status }),
      })
      inHead = true
    } else if (inHead && current) {
      const header = HEADER.exec(line)
      if (header) {
        current.bodyStart = next
        if (header[1]?.toLowerCase() === 'content-type' && header[2]) current.mediaType = header[2].trim()
      } else {
        inHead = false
        if (line === '') current.bodyStart = next
      }
    }
    lineStart = next
  }
  // Before the first head a label may stand, which is no body.
  const hasBody = ({ bodyStart, bodyEnd }: Section): boolean => /[{[<]/.test(text.slice(bodyStart, bodyEnd))
  return sections.filter((section) => section.head || sections.length === 1 || hasBody(section))
}

export const statusOfLine = (line: string): string | undefined => STATUS_ALONE.exec(line.trim())?.[1]
