/** An element to be written: text, or elements, or nothing; a member of a list of lists has no name of its own. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Texts and elements in order. */
  readonly content: readonly (string | XmlElement)[]
}

/** An element and all within it as text, XML 1.0 (https://www.w3.org/TR/xml/) sections 2.4 and 3.1. */
export function xmlText({ name, attributes, content }: XmlElement): string {
  const tag = nameOf(name)
  const pairs = Array.from(attributes, ([key, value]) => ` ${nameOf(key)}="${escaped(value)}"`).join('')
  if (content.length === 0) return `<${tag}${pairs}/>`
  const inner = content.map((part) => (typeof part === 'string' ? escaped(part) : xmlText(part))).join('')
  return `<${tag}${pairs}>${inner}</${tag}>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Written as they are, a reader would take them for other white space (sections 2.11 and 3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** What no document may hold, escaped or not (section 2.2), becomes the character that stands for the unknown. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character)

/** A member may be called what no element can be (section 2.3): other characters become `_`. */
const nameOf = (name: string): string => {
  const fit = name.replaceAll(/[^\p{L}\p{N}_.:-]/gu, '_')
  return /^[\p{L}_:]/u.test(fit) ? fit : `_${fit}`
}
