/** A percent-encoded text (RFC 3986 section 2.1) decoded; as it stands where it is none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The same for a form or a query, where `+` is a space (WHATWG URL section 5.1). */
export function decodedForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
