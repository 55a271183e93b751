import { isJson } from '../operation/media-type.js'
import type { Example, Operation } from '../operation/operation.js'
import { formatSource } from '../operation/source.js'
import type { Choice } from './choose.js'
import { formatNotes, headerText, type Note } from './decision.js'
import { envelopeBody, type SharedMembers } from './envelope.js'

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

/** The stored form of an example, where a person or a program may have changed it. */
export type StoredExample = { readonly text: string; readonly edited: boolean } | undefined

/** Makes the replies that an operation's description holds. Pure: the same choice gives the same bytes. */
export class ReplyMaker {
  readonly #shared: SharedMembers
  readonly #stored: (operationId: string, status: string, name: string) => StoredExample

  constructor(
    shared: SharedMembers,
    stored: (operationId: string, status: string, name: string) => StoredExample,
  ) {
    this.#shared = shared
    this.#stored = stored
  }

  /** The text that would be replayed for a choice: the stored one where it was changed. */
  exampleText(operation: Operation, { response, example }: Choice): string | undefined {
    if (!example) return undefined
    return this.#stored(operation.operationId, response.status, example.name)?.text ?? example.text
  }

  reply(operation: Operation, choice: Choice, body?: string): Reply {
    const { response, status, content, example } = choice
    const stored = example && this.#stored(operation.operationId, response.status, example.name)
    const notes: Note[] = []
    let bytes: string | Uint8Array | undefined = body
    if (example) {
      notes.push(...exampleNotes(example, stored?.edited === true))
      bytes ??= bytesOf(example, stored)
    } else if (hasNoContent(status)) {
      bytes = undefined
    } else if (response.undocumentedBody !== undefined) {
      notes.push({
        kind: 'undocumented-body',
        text: response.undocumentedBody,
        source: response.source,
      })
      bytes ??= envelopeBody(operation, response, status, this.#shared)
    }
    const mediaType = content?.mediaType ?? (bytes === undefined ? undefined : 'application/json')
    return {
      status,
      headers: {
        ...(mediaType !== undefined && { 'content-type': withCharset(mediaType) }),
        ...(example && { 'standin-example': exampleLabel(choice, example, stored) }),
        ...(notes.length > 0 && { 'standin-note': formatNotes(notes) }),
      },
      body: bytes,
      notes,
      reason: example
        ? `example '${example.name}' of ${response.status}: ${choice.reason}`
        : `${response.status}: ${choice.reason}`,
    }
  }
}

/** RFC 9110 sections 15.2, 15.3.5, 15.4.5: these statuses never have a body. */
export const hasNoContent = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Which example, where the docs show it, and what was done to it: `200/default; documented; file:line`. */
function exampleLabel(choice: Choice, example: Example, stored: StoredExample): string {
  const origin = stored?.edited === true ? 'edited' : example.origin
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

function bytesOf(example: Example, stored: StoredExample): string | Uint8Array {
  const text = stored?.text ?? example.text
  return example.encoding === 'base64' ? Buffer.from(text, 'base64') : text
}

/** JSON is UTF-8 and has no charset parameter (RFC 8259 section 11), but clients of text media types need one. */
function withCharset(mediaType: string): string {
  const lower = mediaType.toLowerCase()
  if (lower.includes('charset=')) return mediaType
  return isJson(mediaType) || lower.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType
}
