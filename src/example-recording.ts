import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
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

export interface ExampleRecordingOptions {
  readonly folder: string
  readonly cwd: string
  /** JSON pointers of further secrets. */
  readonly redact: readonly string[]
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

/** Sources may be looked at by everybody who looks at the folder. */
const MODE = 0o644

/** Keeps what passes a proxy without a violation as examples in `FOLDER/examples.json`, written at close. */
export class ExampleRecording {
  readonly #file: string
  readonly #target: string
  readonly #description: ApiDescription
  readonly #validation: Validation
  readonly #recorder: ExampleRecorder

  private constructor(
    file: string,
    target: string,
    description: ApiDescription,
    { recorder, validation }: { recorder: ExampleRecorder; validation: Validation },
  ) {
    this.#file = file
    this.#target = target
    this.#description = description
    this.#recorder = recorder
    this.#validation = validation
  }

  /** @throws STANDIN_ERR_RECORD where the folder cannot be made, or holds another `examples.json` */
  static async open(
    description: ApiDescription,
    { folder, cwd, redact }: ExampleRecordingOptions,
  ): Promise<ExampleRecording> {
    const file = join(folder, 'examples.json')
    const target = resolve(cwd, file)
    const validation = new Validation(description.documents)
    try {
      await mkdir(resolve(cwd, folder), { recursive: true })
      const text = await readFile(target, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
        throw error
      })
      const recorder = new ExampleRecorder(
        {
          pointers: redact,
          violations: (media, text, side) => {
            if (media.schema === undefined) return []
            const decoded = decodeBody(
              Buffer.from(text),
              media.mediaType,
              media,
              (id) => description.documents[id],
            )
            if ('violations' in decoded) return decoded.violations
            const found = validation.validator(media.schema, side)(decoded.value) ?? []
            return found.map((one) => ({ in: 'body', ...one }))
          },
        },
        parseExamples(text),
      )
      return new ExampleRecording(file, target, description, { recorder, validation })
    } catch (error) {
      throw recordError(file, error)
    }
  }

  add(call: ProxiedCall): void {
    const { operation, request, reply, outcome, status, replyHeaders } = call
    if (outcome !== 'passed-on' || !operation || !reply.body || reply.body.length === 0) return
    if (request.violations.length > 0 || reply.violations.length > 0 || request.unchecked !== undefined)
      return
    const { response, media } = createReplyCheck(operation, {
      description: this.#description,
      validation: this.#validation,
    }).documented(status, [replyHeaders['content-type'] ?? []].flat()[0])
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
  }

  /** The whole file or the old one, never a half. @throws STANDIN_ERR_RECORD */
  async write(): Promise<RecordedExamples> {
    const { before, added } = this.#recorder.counts
    const { leftOut } = this.#recorder
    if (added > 0) {
      try {
        const text = await examplesCodec.stringify(entriesOf(this.#recorder.file))
        await writeAtomically(this.#target, text, false, undefined, MODE)
      } catch (error) {
        throw recordError(this.#file, error)
      }
    }
    return { file: before + added > 0 ? this.#file : undefined, added, kept: before, leftOut }
  }
}

function recordError(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)
  return Object.assign(new errors.STANDIN_ERR_RECORD(file, reason), { cause: error })
}
