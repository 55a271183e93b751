import { isLosslessNumber, LosslessNumber, parseExact, stringifyExact } from '../../operation/json.js'
import { essenceOf, isJson, isXml } from '../../operation/media-type.js'
import {
  isSecretName,
  REDACTED,
  redactJson,
  redactPairs,
  redactTokens,
  secretsIn,
} from '../../operation/secrets.js'
import { pointerTokens } from '../../operation/pointer.js'
import type { Example, MediaType } from '../../operation/operation.js'

export interface TakeOut {
  /** JSON pointers of further secrets, see `redactJson`. */
  readonly pointers: readonly string[]
  /** Texts that are secret wherever they stand, such as the credentials of the request. */
  readonly known: ReadonlySet<string>
}

/**
 * The text of a body without its secrets; undefined where it is of a kind in which none can be found.
 * In JSON the docs' own value stands in place of a secret where their example shows one, so that what
 * is kept still is what the docs describe; else a text or number of no meaning.
 */
export function withoutSecrets(text: string, media: MediaType, options: TakeOut): string | undefined {
  const essence = essenceOf(media.mediaType)
  if (isJson(essence)) {
    const value = parseExact(text)
    const documented = media.examples.flatMap(jsonOf)
    // What is secret in one place may stand in another, too.
    const own = [...secretsIn(value, options.pointers)].filter((secret) => secret.length >= LONG)
    const known = new Set([...options.known, ...own])
    const replace = (pointer: string, value: unknown): unknown => {
      const shown = documented.map((example) => at(example, pointer)).find((one) => isLike(one, value))
      return shown ?? (isLosslessNumber(value) ? new LosslessNumber('0') : REDACTED)
    }
    return stringifyExact(redactJson(value, { pointers: options.pointers, known, replace }))
  }
  if (essence === 'application/x-www-form-urlencoded') return withoutKnown(redactPairs(text), options.known)
  if (essence.startsWith('text/') || isXml(essence)) return withoutKnown(redactText(text), options.known)
  return undefined
}

function jsonOf({ text, encoding, origin }: Example): unknown[] {
  if (encoding !== undefined || origin === 'text' || origin === 'recorded') return []
  try {
    return [parseExact(text)]
  } catch {
    return []
  }
}

/** The value at a pointer. Items of a list are alike: the first one stands for all. */
function at(root: unknown, pointer: string): unknown {
  let node = root
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(node)) node = node[0]
    else if (typeof node === 'object' && node !== null && Object.hasOwn(node, token))
      node = Reflect.get(node, token)
    else return undefined
  }
  return node
}

const isLike = (shown: unknown, value: unknown): boolean =>
  isLosslessNumber(shown) ? isLosslessNumber(value) : typeof shown === 'string' && typeof value === 'string'

/** `<pin>1234</pin>`, `pin="1234"`, `pin: 1234`. */
const redactText = (text: string): string =>
  redactTokens(text)
    .replaceAll(/<([\w:.-]+)([^<>]*)>([^<]*)<\/\1>/g, (whole, name: string, attributes: string) =>
      isSecretName(name) ? `<${name}${attributes}>${REDACTED}</${name}>` : whole,
    )
    .replaceAll(
      /([\w:.-]+)(\s*=\s*)(["'])[^"'<>]*\3/g,
      (whole, name: string, equals: string, quote: string) =>
        isSecretName(name) ? `${name}${equals}${quote}${REDACTED}${quote}` : whole,
    )
    .replaceAll(/([\w-]+)([ \t]*[:=][ \t]*)([^\s<>"']+)/g, (whole, name: string, colon: string) =>
      isSecretName(name) ? `${name}${colon}${REDACTED}` : whole,
    )

/** Shorter ones may well stand in a text by chance. */
const LONG = 6

function withoutKnown(text: string, known: ReadonlySet<string>): string {
  let rest = text
  for (const secret of known) if (secret.length >= LONG) rest = rest.replaceAll(secret, REDACTED)
  return rest
}
