/**
 * A word that a POSIX shell reads as exactly this text (XCU section 2.2.2): between single quotes
 * nothing is special, and a quote itself is put between two quoted parts.
 */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
