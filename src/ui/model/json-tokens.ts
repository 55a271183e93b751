/** A part of a JSON text, for colours. The texts of all of them together are the text again. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'other'
  readonly text: string
}

const TOKEN = /("(?:[^"\\\n]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** Works on any text; what is no JSON is `other`. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  let at = 0
  const add = (kind: JsonToken['kind'], part: string): void => {
    if (part !== '') tokens.push({ kind, text: part })
  }
  for (const match of text.matchAll(TOKEN)) {
    const [, quoted, colon, number, word] = match
    add('other', text.slice(at, match.index))
    if (quoted !== undefined) {
      add(colon === undefined ? 'string' : 'key', quoted)
      add('other', colon ?? '')
    } else if (number !== undefined) add('number', number)
    else add('word', word ?? '')
    at = match.index + match[0].length
  }
  add('other', text.slice(at))
  return tokens
}
