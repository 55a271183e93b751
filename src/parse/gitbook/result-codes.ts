import { isObject } from '../../operation/json-object.js'
import { isLosslessNumber, LosslessNumber, parseExact, stringifyExact } from '../../operation/json.js'
import { isJson } from '../../operation/media-type.js'
import type { Example, Response, ResultCode } from '../../operation/operation.js'
import type { ExampleNames } from './examples.js'

const CODE =
  /^(?:(?:res|resp|response|result|error|err|status|return|ret|reply)?[-_ ]?code|status|errno|errcode)$/i
const MEANING =
  /^(?:(?:res|resp|response|result|error|err|status|return|reply)?[-_ ]?(?:desc|description|message|msg|reason|text)|status[-_ ]?desc)$/i

/**
 * The codes of a page's table as further examples of the success reply: the documented envelope with
 * its code and message, and nothing of the payload that a failure would not carry. They are made and
 * not shown, so they are `generated`, and stand after what the page shows.
 */
export function withResultCodes(
  responses: Response[],
  codes: readonly ResultCode[],
  names: ExampleNames,
): Response[] {
  const at = responses.findIndex(
    (response) => response.status.startsWith('2') && envelopeOf(response) !== undefined,
  )
  const response = responses[at]
  const envelope = response && envelopeOf(response)
  if (response === undefined || envelope === undefined || codes.length === 0) return responses
  const examples = codes
    .filter(({ code }) => code !== textOf(envelope.code))
    .map(({ code, description, source }): Example => {
      const members: [string, unknown][] = [[envelope.codeName, like(envelope.code, code)]]
      if (envelope.meaningName !== undefined && description !== undefined) {
        members.push([envelope.meaningName, description])
      }
      const body = Object.fromEntries(envelope.meaningFirst ? members.toReversed() : members)
      return {
        name: names.take(`code-${code}`, 'code'),
        ...(description === undefined ? {} : { summary: description }),
        mediaType: envelope.mediaType,
        text: stringifyExact(envelope.wrap === undefined ? body : { [envelope.wrap]: body }),
        origin: 'generated',
        repairs: [],
        source,
      }
    })
  const content = response.content.map((media) =>
    media.mediaType === envelope.mediaType ? { ...media, examples: [...media.examples, ...examples] } : media,
  )
  return responses.with(at, { ...response, content })
}

interface Envelope {
  mediaType: string
  /** Member that holds the envelope, where it is not the body itself. */
  wrap?: string
  codeName: string
  code: unknown
  meaningName?: string
  /** Whether the envelope shows the meaning before the code. */
  meaningFirst: boolean
}

function envelopeOf(response: Response): Envelope | undefined {
  for (const { mediaType, examples } of response.content) {
    const [first] = examples
    if (first === undefined || !isJson(mediaType)) continue
    const body = parseExact(first.text)
    if (!isObject(body)) continue
    const inner = Object.entries(body).find(([, value]) => isObject(value) && codeIn(value) !== undefined)
    const found = codeIn(body) === undefined ? inner : ([undefined, body] as const)
    if (found === undefined || !isObject(found[1])) continue
    const codeName = codeIn(found[1])
    if (codeName === undefined) continue
    const order = Object.keys(found[1])
    const meaningName = order.find((name) => MEANING.test(name))
    return {
      mediaType,
      codeName,
      code: found[1][codeName],
      meaningFirst: meaningName !== undefined && order.indexOf(meaningName) < order.indexOf(codeName),
      ...(found[0] === undefined ? {} : { wrap: found[0] }),
      ...(meaningName === undefined ? {} : { meaningName }),
    }
  }
  return undefined
}

/** A name that ends in "code" says more than a bare `status`. */
function codeIn(body: Record<string, unknown>): string | undefined {
  const names = Object.keys(body).filter((name) => CODE.test(name) && isScalar(body[name]))
  return names.find((name) => /code$/i.test(name)) ?? names[0]
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || isLosslessNumber(value)
const textOf = (value: unknown): string => (isLosslessNumber(value) ? value.value : String(value))

/** The code in the JSON type that the envelope shows, where it has the form for it. */
const like = (shown: unknown, code: string): unknown =>
  isLosslessNumber(shown) && /^-?(?:0|[1-9]\d*)$/.test(code) ? new LosslessNumber(code) : code
