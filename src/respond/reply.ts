import { exampleKeys } from '../operation/examples-file.js'
import { essenceOf, isJson } from '../operation/media-type.js'
import type { Example, MediaType, Operation } from '../operation/operation.js'
import { formatSource } from '../operation/source.js'
import type { Choice } from './choose.js'
import { formatNotes, headerText, type Note } from './decision.js'
import { envelopeBody, type SharedMembers } from './envelope.js'
import { documentedHeaders, generateBody, type Making } from './generated.js'
import { sentType } from './sent-type.js'
import { summarize } from './violation.js'

/** A reply, ready to be sent. Bodies are texts or bytes, so that nothing is serialised per request. */
export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  readonly notes: readonly Note[]
  /** Why this reply, for the log and the journal. */
  readonly reason: string
}

/** An example as it is replayed, where a person or a program may have changed it. */
export interface StoredExample extends Pick<Example, 'text' | 'mediaType'> {
  readonly encoding?: Example['encoding'] | undefined
  readonly edited: boolean
}
/** By the key of `exampleKeys`. */
export type GetStored = (operationId: string, status: string, key: string) => StoredExample | undefined

export interface MakerParts extends Making {
  /** Asked for only where a body is undocumented: to know it, every documented success is read. */
  readonly shared: () => SharedMembers
  readonly stored: GetStored
}

interface Body {
  readonly bytes: string | Uint8Array | undefined
  readonly notes: readonly Note[]
}

/** Makes the replies that an operation's description holds. Pure: the same choice gives the same bytes. */
export class ReplyMaker {
  readonly #parts: MakerParts

  constructor(parts: MakerParts) {
    this.#parts = parts
  }

  /** The text that would be replayed for a choice: the stored one where it was changed. */
  exampleText(operation: Operation, choice: Choice): string | undefined {
    return this.#replayed(operation, choice)?.text
  }

  /** The documented reply, with its example, else what can be said honestly in its place. */
  reply(operation: Operation, choice: Choice): Reply {
    return this.#assemble(operation, choice, this.#body(operation, choice))
  }

  /** What the docs say of a reply around a body that is not theirs. */
  headers(operation: Operation, { response, content }: Choice): Reply['headers'] {
    return {
      ...documentedHeaders(response, this.#parts),
      ...(content && { 'content-type': withCharset(content.mediaType) }),
      ...(operation.deprecated === true && { deprecation: 'true' }),
    }
  }

  /** A body made from the schema although there may be an example. */
  generated(operation: Operation, choice: Choice, seed: string): Reply {
    const { response, content } = choice
    const made = content && generateBody(response, content, { ...this.#parts, seed })
    if (!made) return this.reply(operation, choice)
    const { example: _, ...rest } = choice
    return this.#assemble(
      operation,
      { ...rest, example: undefined },
      { bytes: made.text, notes: [made.note] },
    )
  }

  #assemble(operation: Operation, choice: Choice, { bytes, notes }: Body): Reply {
    const { response, status, content, example } = choice
    const replayed = this.#replayed(operation, choice)
    const mediaType = replayed?.mediaType ?? content?.mediaType ?? 'application/json'
    return {
      status,
      headers: {
        ...documentedHeaders(response, this.#parts),
        ...(bytes !== undefined && { 'content-type': withCharset(sentType(mediaType, bytes)) }),
        // RFC 9745 wants the date, which descriptions do not give; `true` is what clients look for.
        ...(operation.deprecated === true && { deprecation: 'true' }),
        ...(example && { 'standin-example': exampleLabel(choice, example, replayed?.edited) }),
        ...(notes.length > 0 && { 'standin-note': formatNotes(notes) }),
      },
      body: bytes,
      notes,
      reason: reasonOf(choice),
    }
  }

  #body(operation: Operation, choice: Choice): Body {
    const { response, status, content, example } = choice
    if (hasNoContent(status)) return { bytes: undefined, notes: [] }
    const replayed = this.#replayed(operation, choice)
    if (example && content && replayed) return this.#exampleBody(content, example, replayed)
    const made = content && response.undocumentedBody === undefined
    const generated = made ? generateBody(response, content, this.#parts) : undefined
    if (generated) return { bytes: generated.text, notes: [generated.note] }
    if (response.undocumentedBody === undefined) return { bytes: undefined, notes: [] }
    const note: Note = {
      kind: 'undocumented-body',
      text: response.undocumentedBody,
      source: response.source,
    }
    return { bytes: envelopeBody(operation, response, status, this.#parts.shared()), notes: [note] }
  }

  /** The stored form of an example goes before the documented one; it may even be of another media type. */
  #replayed(operation: Operation, { response, content, example }: Choice): StoredExample | undefined {
    if (!example || !content) return undefined
    const key = exampleKeys(response.content).get(example) ?? example.name
    const stored = this.#parts.stored(operation.operationId, response.status, key)
    const { mediaType } = content
    if (!stored) return { text: example.text, encoding: example.encoding, mediaType, edited: false }
    // As the description spells it, parameters and all, unless it was changed.
    return essenceOf(stored.mediaType) === essenceOf(mediaType) ? { ...stored, mediaType } : stored
  }

  #exampleBody(
    content: MediaType,
    example: Example,
    { text, encoding, mediaType, edited }: StoredExample,
  ): Body {
    const bytes = encoding === 'base64' ? Buffer.from(text, 'base64') : text
    const flaws = mediaType === content.mediaType ? this.#flaws(content, example, text) : []
    return { bytes, notes: [...exampleNotes(example, edited), ...flaws] }
  }

  /** A documented example is replayed whatever its schema says, and that is said. */
  #flaws({ mediaType, schema }: MediaType, { origin, source }: Example, text: string): Note[] {
    if (schema === undefined || !isJson(mediaType) || origin === 'text') return []
    const violations = this.#parts.validation.validator(schema, 'response')(jsonOf(text))
    return violations
      ? [
          {
            kind: 'breaks-schema',
            text: summarize(violations.map((one) => ({ in: 'body', ...one }))),
            source,
          },
        ]
      : []
  }
}

/** Bytes of a body on the wire. */
export const sizeOf = (body: Reply['body']): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)

/** The same reply, with one thing more said about it. */
export const withNote = (reply: Reply, note: Note): Reply => {
  const notes = [...reply.notes, note]
  return { ...reply, notes, headers: { ...reply.headers, 'standin-note': formatNotes(notes) } }
}

/** What a choice is told as. */
export const reasonOf = ({ response, example, reason }: Choice): string =>
  example ? `example '${example.name}' of ${response.status}: ${reason}` : `${response.status}: ${reason}`

/** RFC 9110 sections 15.2, 15.3.5, 15.4.5: these statuses never have a body. */
export const hasNoContent = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Which example, where the docs show it, and what was done to it: `200/default; documented; file:line`. */
function exampleLabel(choice: Choice, example: Example, edited = false): string {
  const origin = edited ? 'edited' : example.origin
  return headerText(`${choice.response.status}/${example.name}; ${origin}; ${formatSource(example.source)}`)
}

function exampleNotes(example: Example, edited: boolean): Note[] {
  if (edited) return [{ kind: 'edited-example', text: 'changed in the store', source: example.source }]
  if (example.origin !== 'repaired') return []
  const kinds = [...new Set(example.repairs.map((repair) => repair.kind))]
  return [
    {
      kind: 'repaired-example',
      text: `the sample is not strict JSON: ${kinds.join(', ')}`,
      source: example.source,
    },
  ]
}

/** What the text says; itself where it is no JSON, as an example that was edited may be. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** JSON is UTF-8 and has no charset parameter (RFC 8259 section 11), but clients of text media types need one. */
function withCharset(mediaType: string): string {
  const lower = mediaType.toLowerCase()
  if (lower.includes('charset=')) return mediaType
  return isJson(mediaType) || lower.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType
}
