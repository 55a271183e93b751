/** `application/json`, `application/problem+json; charset=utf-8`, ... (RFC 6839 section 3.1), and `application/*+json` ranges. */
export function isJson(mediaType: string): boolean {
  const essence = essenceOf(mediaType)
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json')
}

/** Type and subtype without parameters, in lower case (RFC 9110 section 8.3.1). */
export function essenceOf(mediaType: string): string {
  const end = mediaType.indexOf(';')
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase()
}

/** `application/xml`, `text/xml` and the types that end in `+xml` (RFC 7303). */
export function isXml(mediaType: string): boolean {
  const essence = essenceOf(mediaType)
  return essence === 'application/xml' || essence === 'text/xml' || essence.endsWith('+xml')
}
