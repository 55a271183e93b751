import { EVERYTHING } from './rules.js'

/**
 * A JSON Schema `pattern` (ECMA-262, unanchored) as an expression that Pact's engines match as a
 * whole. Their class shorthands are Unicode's and their `.` crosses more line ends, so both are
 * spelt out. Undefined where an escape has no counterpart.
 */
export function portablePattern(pattern: string): string | undefined {
  let text = ''
  let inClass = false
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at)
    if (sign === '\\') {
      const escape = translateEscape(pattern.slice(at), inClass)
      if (escape === undefined) return undefined
      text += escape.text
      at += escape.length - 1
    } else if (inClass) {
      if (sign === ']') inClass = false
      // `[` nests, and `&&`, `--`, `~~` are set operators in the engine's classes.
      text += '[&~'.includes(sign) ? `\\${sign}` : sign
    } else if (sign === '[') {
      const negated = pattern.charAt(at + 1) === '^'
      if (pattern.charAt(at + (negated ? 2 : 1)) === ']') return undefined
      inClass = true
      text += negated ? '[^' : '['
      if (negated) at++
    } else {
      text += sign === '.' ? String.raw`[^\n\r\u2028\u2029]` : sign
    }
  }
  return isRegex(text) ? whole(text) : undefined
}

function translateEscape(rest: string, inClass: boolean): { text: string; length: number } | undefined {
  const next = rest.charAt(1)
  const shorthand = SHORTHANDS[next]
  if (shorthand !== undefined) {
    if (!inClass) return { text: `[${shorthand}]`, length: 2 }
    return shorthand.startsWith('^') ? undefined : { text: shorthand, length: 2 }
  }
  const code = /^\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2}))/.exec(rest)
  if (code) return { text: `\\x{${code[1] ?? code[2] ?? code[3]}}`, length: code[0].length }
  if (next === 'p' || next === 'P') {
    const category = /^\\[pP]\{[A-Za-z_]+\}/.exec(rest)
    return category ? { text: category[0], length: category[0].length } : undefined
  }
  if ('sSbBnrtfv'.includes(next)) return { text: `\\${next}`, length: 2 }
  // A control letter, a back reference or a named one.
  if (/[A-Za-z0-9]/.test(next)) return undefined
  return { text: `\\${next}`, length: 2 }
}

const SHORTHANDS: Record<string, string> = { d: '0-9', D: '^0-9', w: 'A-Za-z0-9_', W: '^A-Za-z0-9_' }

/** What is anchored at both ends needs nothing around it; `^` and `$` mean the same either way. */
function whole(pattern: string): string {
  const anchored = /^\^([^|]*)\$$/.exec(pattern)
  if (anchored && !pattern.endsWith(String.raw`\$`)) return anchored[1] ?? ''
  return `${EVERYTHING}(?:${pattern})${EVERYTHING}`
}

function isRegex(pattern: string): boolean {
  try {
    return wholeMatch(pattern) instanceof RegExp
  } catch {
    return false
  }
}

/** The expression as JavaScript has it: code points as `\u{...}`, and no escapes of signs that need none. */
export function wholeMatch(pattern: string): RegExp {
  const text = pattern
    .replaceAll(/\\x\{([0-9a-fA-F]+)\}/g, String.raw`\u{$1}`)
    .replaceAll(/\\([ !"#%&',\-:;<=>@_`~])/g, (_, sign: string) => `\\x${sign.charCodeAt(0).toString(16)}`)
  return new RegExp(`^(?:${text})$`, 'u')
}

/** Length in code points, as JSON Schema counts it. */
export const lengthPattern = (minimum: number, maximum: number | undefined): string =>
  String.raw`[\s\S]{${minimum},${maximum ?? ''}}`

const DATE =
  '[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))'
const TIME = String.raw`(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[zZ]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])`

/** Formats (JSON Schema Validation 2020-12, section 7.3) that one expression decides; the dates are RFC 3339's. */
export const FORMAT_PATTERNS: Readonly<Record<string, string>> = {
  'date-time': `${DATE}[tT ]${TIME}`,
  date: DATE,
  time: TIME,
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
}
