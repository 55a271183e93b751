import type { ExampleEntry, ExamplesFile } from '../../operation/examples-file.js'
import { textOf } from '../../operation/examples-file.js'
import { compactJson } from '../../operation/json.js'
import { isJson } from '../../operation/media-type.js'
import type { MediaType, Operation, Response } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { isSecretName, redactUrl } from '../../operation/secrets.js'
import { chooseMediaType } from '../bodies.js'
import { placeOf, type Violation } from '../violation.js'
import { exampleName } from './example-name.js'
import { knownSecrets } from './known-secrets.js'
import { shapeOf } from './shape.js'
import { withoutSecrets } from './taken-out.js'

/** A call in which neither side broke the docs, with its bodies decoded. */
export interface RecordableCall {
  readonly operation: Operation
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** By name in lower case. */
  readonly requestHeaders: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly requestType: string | undefined
  readonly requestBody: Uint8Array | undefined
  readonly status: number
  /** The documented reply that the status and the media type are of. */
  readonly response: Response
  readonly media: MediaType
  readonly replyBody: Uint8Array
}

export interface RecorderOptions {
  /** JSON pointers of further secrets. */
  readonly pointers: readonly string[]
  /** How a body breaks the schema of its media type. */
  readonly violations: (media: MediaType, text: string, side: 'request' | 'response') => readonly Violation[]
}

/** An example that is not in the file yet. */
export interface Unwritten {
  readonly operationId: string
  readonly status: string
  readonly name: string
  readonly entry: ExampleEntry
}

/** Examples of one operation and status: of the same shape, and of all. */
const MOST_ALIKE = 3
const MOST = 20

/**
 * Keeps calls as named examples: each body once, of bodies with the same members a few, and without
 * secrets. What was there before, perhaps edited by a person, is left as it is.
 */
export class ExampleRecorder {
  readonly #options: RecorderOptions
  /** Plain objects would take `__proto__` for something else. */
  readonly #entries = new Map<string, Map<string, Map<string, ExampleEntry>>>()
  readonly #leftOut = new Map<string, string>()
  readonly #before: number
  #unwritten: Unwritten[] = []
  #added = 0

  constructor(options: RecorderOptions, before: ExamplesFile = {}) {
    this.#options = options
    this.#before = this.#fill(before)
  }

  /** What is new since the last call of `written`. */
  get unwritten(): readonly Unwritten[] {
    return [...this.#unwritten]
  }

  /** These are in the file now. */
  written(entries: readonly Unwritten[]): void {
    const done = new Set(entries)
    this.#unwritten = this.#unwritten.filter((one) => !done.has(one))
  }

  /** Somebody has changed the file since it was written: what it has now holds, and what is new comes to it. */
  adopt(file: ExamplesFile): void {
    this.#entries.clear()
    this.#fill(file)
    for (const { operationId, status, name, entry } of this.#unwritten)
      if (!this.#of(operationId, status).has(name)) this.#put(operationId, status, name, entry)
  }

  /** Examples that were there at the beginning, and that came since. */
  get counts(): { readonly before: number; readonly added: number } {
    return { before: this.#before, added: this.#added }
  }

  /** Calls of which no example could be made, and why. */
  get leftOut(): readonly { readonly call: string; readonly reason: string }[] {
    return Array.from(this.#leftOut, ([call, reason]) => ({ call, reason }))
  }

  get file(): ExamplesFile {
    return plain(this.#entries, (statuses) =>
      plain(statuses, (examples) => plain(examples, (entry) => entry)),
    )
  }

  add(call: RecordableCall): void {
    const { operation, url, status, response, media } = call
    const request = this.#requestOf(call)
    const known = knownSecrets(
      { url, headers: call.requestHeaders, contentType: call.requestType, body: request?.text },
      this.#options.pointers,
    )
    const summary = `${call.method} ${shownUrl(operation, url, known)}, answered ${status}`
    const reply = this.#entryOf({ media, text: decode(call.replyBody) }, known, summary, 'response')
    if (typeof reply === 'string')
      return this.#leaveOut(`${call.method} ${operation.path}, answered ${status}`, reply)
    const examples = this.#of(operation.operationId, response.status)
    const text = textOf(reply)
    if ([...examples.values()].some((one) => one.mediaType === reply.mediaType && sameBody(one, reply)))
      return
    const shape = shapeOf(media.mediaType, text)
    const alike = [...examples.values()].filter((one) => shapeOf(one.mediaType, textOf(one)) === shape)
    if (alike.length >= MOST_ALIKE || examples.size >= MOST) return
    const name = this.#freeName(operation.operationId, exampleName(operation, url, status, known))
    this.#add(operation.operationId, response.status, name, reply)
    this.#added++
    // Under the same name, so that the mock answers the one with the other.
    const asked = request && this.#entryOf(request, known, summary, 'request')
    if (asked !== undefined && typeof asked !== 'string')
      this.#add(operation.operationId, 'request', name, asked)
  }

  #requestOf({
    operation,
    requestType,
    requestBody,
  }: RecordableCall): { media: MediaType; text: string } | undefined {
    if (!requestBody || requestBody.length === 0 || !operation.requestBody) return undefined
    const media = chooseMediaType(requestType, operation.requestBody.content, requestBody)
    return media && { media, text: decode(requestBody) }
  }

  /** The entry, or why there is none. */
  #entryOf(
    { media, text }: { readonly media: MediaType; readonly text: string },
    known: ReadonlySet<string>,
    summary: string,
    side: 'request' | 'response',
  ): ExampleEntry | string {
    const { mediaType } = media
    const clean = withoutSecrets(text, media, { pointers: this.#options.pointers, known })
    if (clean === undefined) return `in ${mediaType} no secret can be told from other bytes`
    const [broken] = this.#options.violations(media, clean, side)
    if (broken)
      return `without its secrets it is not what the docs allow: ${placeOf(broken)} ${broken.message}. An example of it in the docs would stand in its place`
    return { mediaType, summary, origin: 'recorded', text: clean }
  }

  #leaveOut(call: string, reason: string): void {
    if (this.#leftOut.size < MOST) this.#leftOut.set(call, reason)
  }

  #of(operationId: string, status: string): ReadonlyMap<string, ExampleEntry> {
    return this.#entries.get(operationId)?.get(status) ?? new Map()
  }

  #put(operationId: string, status: string, name: string, entry: ExampleEntry): void {
    const statuses = this.#entries.get(operationId) ?? new Map<string, Map<string, ExampleEntry>>()
    const examples = statuses.get(status) ?? new Map<string, ExampleEntry>()
    this.#entries.set(operationId, statuses.set(status, examples.set(name, entry)))
  }

  #add(operationId: string, status: string, name: string, entry: ExampleEntry): void {
    this.#put(operationId, status, name, entry)
    this.#unwritten.push({ operationId, status, name, entry })
  }

  /** Puts in all of a file, and counts its examples of replies. */
  #fill(file: ExamplesFile): number {
    let replies = 0
    for (const [operationId, statuses] of Object.entries(file)) {
      for (const [status, examples] of Object.entries(statuses)) {
        if (status !== 'request') replies += Object.keys(examples).length
        for (const [name, entry] of Object.entries(examples)) this.#put(operationId, status, name, entry)
      }
    }
    return replies
  }

  /** One that no status of the operation has: request and reply find each other by it. */
  #freeName(operationId: string, wanted: string): string {
    const taken = new Set(
      [...(this.#entries.get(operationId)?.values() ?? [])].flatMap((one) => [...one.keys()]),
    )
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`
    return name
  }
}

/** What was asked for, without what is secret in it. */
function shownUrl({ path }: Operation, url: string, known: ReadonlySet<string>): string {
  const [called = '', ...query] = url.split('?')
  const secret = pathParameters(path).some(isSecretName) || [...known].some((one) => called.includes(one))
  const shown = secret ? path : called
  return redactUrl(query.length === 0 ? shown : `${shown}?${query.join('?')}`)
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** However it is laid out. */
function sameBody(a: ExampleEntry, b: ExampleEntry): boolean {
  const [one, other] = [textOf(a), textOf(b)]
  return one === other || (isJson(a.mediaType) && compactJson(one) === compactJson(other))
}

const plain = <Value, Result>(map: ReadonlyMap<string, Value>, each: (value: Value) => Result) =>
  Object.fromEntries(Array.from(map, ([key, value]) => [key, each(value)] as const))
