const NAMED: Record<string, string> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
  lbrace: '{',
  rbrace: '}',
  lcub: '{',
  rcub: '}',

  lsqb: '[',
  rsqb: ']',
  lbrack: '[',
  rbrack: ']',
  colon: ':',
  comma: ',',
  bsol: '\\',
  sol: '/',
  num: '#',

  ldquo: '\u201c',
  rdquo: '\u201d',
  lsquo: '\u2018',
  rsquo: '\u2019',
  laquo: '\u00ab',
  raquo: '\u00bb',
  hellip: '\u2026',
}
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi
/** An entity where JSON has a token, so that the whole text must have been escaped. */
const STRUCTURAL =
  /(?:^|[{[,:])\s{0,200}&(?:quot|#34|#x22|ldquo|apos|#39|#x27|lbrace|lcub|lsqb|lbrack|#123|#91);/i

/** A quote as an entity, and no other double quote in the text. */
const QUOTE = /&(?:quot|#34|#x22|ldquo|apos|#39|#x27);/i

/** The text with its HTML entities decoded, where JSON stands in it escaped as HTML; undefined where it does not. */
export function decodeStructuralEntities(text: string): string | undefined {
  if (!STRUCTURAL.test(text) && (text.includes('"') || !QUOTE.test(text))) return undefined
  return text.replaceAll(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    // A line break would move every line after it.
    return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}
