import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { contractFile } from './contract/contract-file.js'
import { type ObservedCall, Recorder, type Recording } from './contract/record.js'
import { errors } from './errors.js'
import type { ApiDescription } from './operation/description.js'
import type { Observer } from './serve/observer.js'
import type { StandinOptions } from './standin-options.js'

export interface RecordingOptions {
  readonly consumer: string
  readonly provider: string
  /** The folder for the contract, made where there is none. */
  readonly folder: string
  readonly cwd: string
}

/** What was written, and where; no file where nothing was recorded. */
export interface WrittenRecording extends Recording {
  readonly file: string | undefined
}

/** Records what a consumer uses of a stand-in, and writes it when the stand-in closes. */
export class RecordingFile {
  readonly #options: RecordingOptions
  readonly #recorder: Recorder

  constructor(options: RecordingOptions) {
    this.#options = options
    this.#recorder = new Recorder(options)
  }

  /** What the server tells of each call, while it serves this description. */
  observer(description: ApiDescription): Observer {
    return {
      onCall: (call: ObservedCall) => this.#recorder.observe(call, description),
      onUnknown: (method, url) =>
        this.#recorder.leaveOut(`${method} ${url.split('?', 1)[0]}`, 'the docs have no such operation'),
    }
  }

  /** Makes sure at start that the folder can be made. @throws STANDIN_ERR_RECORD */
  async open(): Promise<void> {
    const { folder, cwd } = this.#options
    await this.#doing(mkdir(resolve(cwd, folder), { recursive: true }))
  }

  /** The whole file or the old one, never a half. @throws STANDIN_ERR_RECORD */
  async write(): Promise<WrittenRecording> {
    const { folder, cwd } = this.#options
    const recording = this.#recorder.recording()
    if (recording.interactions === 0) return { ...recording, file: undefined }
    const file = join(folder, contractFile(this.#options))
    const target = resolve(cwd, file)
    const draft = `${target}.${process.pid}.tmp`
    await this.#doing(writeFile(draft, recording.text).then(() => rename(draft, target)))
    return { ...recording, file }
  }

  async #doing(action: Promise<unknown>): Promise<void> {
    try {
      await action
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw Object.assign(new errors.STANDIN_ERR_RECORD(this.#options.folder, reason), { cause: error })
    }
  }
}

/** Undefined where nothing is to be recorded. */
export function recordingFor(
  { title }: ApiDescription,
  { recordPact, provider = title, recordDir = 'contracts', cwd = process.cwd() }: StandinOptions,
): RecordingFile | undefined {
  if (recordPact === undefined) return undefined
  return new RecordingFile({ consumer: recordPact, provider, folder: recordDir, cwd })
}
