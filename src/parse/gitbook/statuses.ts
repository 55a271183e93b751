/** What a page puts where a status belongs: `200: OK`, `200`, `4xx`, `0000`, `Success`. */
export interface StatusText {
  /** In OpenAPI form; absent where the text is no HTTP status. */
  status?: string
  /** What stands beside the number. */
  description?: string
  /** A code of the API's own where the HTTP status should be. */
  code?: string
}

export function readStatus(text: string): StatusText {
  const clean = text
    .slice(0, 400)
    .trim()
    .replace(/^["'`(]+|["'`)]+$/g, '')
    .trim()
  const http =
    /^(?:HTTP\/[\d.]{1,4}\s{1,5}|HTTP\s{1,5}|status(?:\s{1,5}code)?\s{0,5}[:=]?\s{0,5}["']?)?([1-5](?:\d\d|xx))(?![\p{L}\d])\s{0,20}[:.\-–—,)'"]{0,3}\s{0,20}(.{0,300})/iu.exec(
      clean,
    )
  if (http?.[1] !== undefined) {
    const status = http[1].toUpperCase()
    const description = http[2]?.trim()
    return description ? { status, description } : { status }
  }
  if (/^default$/i.test(clean)) return { status: 'default' }
  return clean === '' ? {} : { code: clean }
}

/** The status that a page's own word for success or failure stands for, in an API that answers 200. */
export const OK = '200'
