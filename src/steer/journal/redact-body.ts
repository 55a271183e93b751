import { parseExact, stringifyExact } from '../../operation/json.js'
import { essenceOf, isXml } from '../../operation/media-type.js'
import { pointerTokens } from '../../operation/pointer.js'
import { REDACTED, redactJson, redactPairs, redactTokens } from '../../operation/secrets.js'

export interface BodyRules {
  readonly pointers: readonly string[]
  readonly isSecret: (name: string) => boolean
}

/**
 * The text of a body without its secrets. JSON is taken apart, whatever it calls itself. What is no
 * JSON, or only the beginning of one, has no places to go by: there, whatever follows a secret name
 * is left out, and rather too much than too little.
 */
export function redactBody(text: string, type: string | undefined, rules: BodyRules): string {
  const json = /^\s*[[{"]/.test(text) ? redactedJson(text, rules) : undefined
  if (json !== undefined) return json
  const essence = essenceOf(type ?? '')
  const named = (name: string): boolean =>
    rules.isSecret(name) || rules.pointers.some((pointer) => pointerTokens(pointer).at(-1) === name)
  if (essence === 'application/x-www-form-urlencoded' && !/^\s*[[{]/.test(text)) {
    return redactTokens(redactForm(text, named))
  }
  if (essence.startsWith('multipart/')) return redactTokens(redactParts(text, named))
  return redactTokens(redactLoose(isXml(essence) ? redactElements(text, named) : text, named))
}

/** Undefined where the text is not JSON. */
function redactedJson(text: string, rules: BodyRules): string | undefined {
  let value: unknown
  try {
    value = parseExact(text)
  } catch {
    return undefined
  }
  const redacted = stringifyExact(redactJson(value, rules))
  // The text itself only where the value is all of it: of members with the same name one is read.
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') === redacted ? text : redacted
}

const redactForm = (text: string, isSecret: BodyRules['isSecret']): string =>
  redactPairs(text)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return name.length < pair.length && isSecret(name) ? `${name}=${REDACTED}` : pair
    })
    .join('&')

/** RFC 7578: a part is named in its Content-Disposition, and goes up to the next boundary. */
const PART = /(name="([^"\r\n]*)"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/g

const redactParts = (text: string, isSecret: BodyRules['isSecret']): string =>
  text.replaceAll(PART, (part, head: string, name: string) => (isSecret(name) ? `${head}${REDACTED}` : part))

const ELEMENT = /<((?:[\w.-]+:)?([\w.-]+))([^<>]*)>([^<]*)/g

const redactElements = (text: string, isSecret: BodyRules['isSecret']): string =>
  text.replaceAll(ELEMENT, (all, tag: string, name: string, rest: string, content: string) =>
    isSecret(name) && content.trim() !== '' ? `<${tag}${rest}>${REDACTED}` : all,
  )

/** A name, quoted or not, a sign that a value follows, and how the value begins. */
const NAMED = /(["']?)([\w.$[\]-]{1,100})\1(\s*[:=]\s*)(?=[^\s])/g
/** A text that may not have an end, or whatever stands up to where a value may end. */
const VALUE = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|(?:(?:bearer|basic|digest)\s+)?[^\s,;&}\]<>]+/iy

function redactLoose(text: string, isSecret: BodyRules['isSecret']): string {
  let out = ''
  let from = 0
  for (const match of text.matchAll(NAMED)) {
    const [all, , name = ''] = match
    const at = match.index + all.length
    if (match.index < from || !isSecret(name)) continue
    out += text.slice(from, at)
    // Where an object or a list ends cannot be told.
    if (text[at] === '{' || text[at] === '[') return out + REDACTED
    VALUE.lastIndex = at
    const [value = ''] = VALUE.exec(text) ?? []
    out += value.startsWith('"') ? `"${REDACTED}"` : REDACTED
    from = at + value.length
  }
  return out + text.slice(from)
}
