import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { errors } from './errors.js'
import type { ApiDescription } from './operation/description.js'
import { ExampleRecorder } from './respond/record/example-recorder.js'
import { decodeBody } from './respond/bodies.js'
import { createReplyCheck } from './respond/check-reply.js'
import { Validation } from './respond/validation.js'
import type { ProxiedCall } from './serve/proxy/proxied-call.js'
import { writeAtomically } from './store/atomic-write.js'
import { examplesCodec } from './store/examples-codec.js'
import { entriesOf } from './store/examples-set.js'
import { parseExamples } from './operation/examples-file.js'
import { WriteSoon } from './write-soon.js'

export interface ExampleRecordingOptions {
  readonly folder: string
  readonly cwd: string
  /** JSON pointers of further secrets. */
  readonly redact: readonly string[]
  /** Told of what cannot be written while calls come. */
  readonly logger: FastifyBaseLogger | undefined
}

/** What was recorded, and where; no file where there is nothing. */
export interface RecordedExamples {
  readonly file: string | undefined
  /** Examples that came in this run. */
  readonly added: number
  /** Examples that were there before. */
  readonly kept: number
  readonly leftOut: readonly { readonly call: string; readonly reason: string }[]
}

const FILE = 'examples.json'

/** Sources may be looked at by everybody who looks at the folder. */
const MODE = 0o644

/**
 * Keeps what passes a proxy without a violation as examples in `FOLDER/examples.json`: written while calls
 * come, so that a process that is killed loses no more than a moment, and at close.
 */
export class ExampleRecording {
  readonly #options: ExampleRecordingOptions
  readonly #file: string
  readonly #target: string
  readonly #recorder: ExampleRecorder
  readonly #soon = new WriteSoon(() => this.#writeOrTell())
  #docs: { readonly description: ApiDescription; readonly validation: Validation }
  /** What is known to be in the file; anything else was put there by somebody else. */
  #written: string
  #told = ''

  private constructor(description: ApiDescription, options: ExampleRecordingOptions, text: string) {
    this.#options = options
    this.#file = join(options.folder, FILE)
    this.#target = resolve(options.cwd, this.#file)
    this.#docs = { description, validation: new Validation(description.documents) }
    this.#written = text
    this.#recorder = new ExampleRecorder(
      {
        pointers: options.redact,
        violations: (media, body, side) => {
          if (media.schema === undefined) return []
          const { description, validation } = this.#docs
          const resolve = (id: string) => description.documents[id]
          const decoded = decodeBody(Buffer.from(body), media.mediaType, media, resolve)
          if ('violations' in decoded) return decoded.violations
          const found = validation.validator(media.schema, side)(decoded.value) ?? []
          return found.map((one) => ({ in: 'body', ...one }))
        },
      },
      parseExamples(text),
    )
  }

  /** @throws STANDIN_ERR_RECORD where the folder cannot be made, or holds another `examples.json` */
  static async open(
    description: ApiDescription,
    options: ExampleRecordingOptions,
  ): Promise<ExampleRecording> {
    const { folder, cwd } = options
    const file = join(folder, FILE)
    try {
      await mkdir(resolve(cwd, folder), { recursive: true })
      return new ExampleRecording(description, options, await textIn(resolve(cwd, file)))
    } catch (error) {
      throw recordError(file, error)
    }
  }

  /** The docs have changed; calls that come now are held against these. */
  describe(description: ApiDescription): void {
    this.#docs = { description, validation: new Validation(description.documents) }
  }

  add(call: ProxiedCall): void {
    const { operation, request, reply, outcome, status, replyHeaders } = call
    if (outcome !== 'passed-on' || !operation || !reply.body || reply.body.length === 0) return
    if (request.violations.length > 0 || reply.violations.length > 0 || request.unchecked !== undefined)
      return
    const { response, media } = createReplyCheck(operation, this.#docs).documented(
      status,
      [replyHeaders['content-type'] ?? []].flat()[0],
    )
    if (!response || !media) return
    this.#recorder.add({
      operation,
      method: call.method,
      url: call.url,
      requestHeaders: call.requestHeaders,
      requestType: call.requestHeaders['content-type'],
      requestBody: request.body,
      status,
      response,
      media,
      replyBody: reply.body,
    })
    if (this.#recorder.unwritten.length > 0) this.#soon.touch()
  }

  /** Writes what is not in the file yet. @throws STANDIN_ERR_RECORD */
  async close(): Promise<RecordedExamples> {
    await this.#soon.settle()
    await this.#write()
    const { before, added } = this.#recorder.counts
    const { leftOut } = this.#recorder
    return { file: before + added > 0 ? this.#file : undefined, added, kept: before, leftOut }
  }

  /** It is tried again with the next call and at close, so that it is enough to say it once. */
  async #writeOrTell(): Promise<void> {
    try {
      await this.#write()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== this.#told) this.#options.logger?.error({ err: error }, message)
      this.#told = message
    }
  }

  /** The whole file or the old one, never a half. */
  async #write(): Promise<void> {
    if (this.#recorder.unwritten.length === 0) return
    try {
      const found = await textIn(this.#target)
      if (found !== this.#written) this.#recorder.adopt(parseExamples(found))
      const { unwritten } = this.#recorder
      const text = await examplesCodec.stringify(entriesOf(this.#recorder.file))
      await writeAtomically(this.#target, text, false, undefined, MODE)
      this.#written = text
      this.#recorder.written(unwritten)
    } catch (error) {
      throw recordError(this.#file, error)
    }
  }
}

/** The text of an examples file; one without examples where there is none. */
async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
    throw error
  }
}

function recordError(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)
  return Object.assign(new errors.STANDIN_ERR_RECORD(file, reason), { cause: error })
}
