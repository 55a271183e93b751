import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { contractFile } from './contract/contract-file.js'
import { type ObservedCall, Recorder, type Recording } from './contract/record.js'
import { errors } from './errors.js'
import type { ApiDescription } from './operation/description.js'
import type { Observer } from './serve/observer.js'
import { writeAtomically } from './store/atomic-write.js'
import { WriteSoon } from './write-soon.js'

/** A contract is committed and read by others, unlike state. */
const SHARED = 0o644

export interface RecordingOptions {
  readonly consumer: string
  readonly provider: string
  /** The folder for the contract, made where there is none. */
  readonly folder: string
  readonly cwd: string
}

/** What was written, and where; no file where nothing was recorded. */
export interface WrittenRecording extends Recording {
  readonly consumer: string
  readonly file: string | undefined
}

/**
 * Records what a consumer uses of a stand-in. The file is written while calls come and when the stand-in
 * closes; it has what the calls so far make, and is the same for the same calls.
 */
export class RecordingFile {
  readonly #options: RecordingOptions
  readonly #recorder: Recorder
  // What cannot be written now is told at the end, where it is tried again.
  readonly #soon = new WriteSoon(() => this.#write())
  #size = 0
  #written = ''

  constructor(options: RecordingOptions) {
    this.#options = options
    this.#recorder = new Recorder(options)
  }

  /** What the server tells of each call, while it serves this description. */
  observer(description: ApiDescription): Pick<Observer, 'onCall'> & {
    onUnknown(method: string, url: string): void
  } {
    return {
      onCall: (call: ObservedCall) => {
        this.#recorder.observe(call, description)
        this.#writeSoon()
      },
      onUnknown: (method, url) => {
        this.#recorder.leaveOut(`${method} ${url.split('?', 1)[0]}`, 'the docs have no such operation')
        this.#writeSoon()
      },
    }
  }

  /** Makes sure at start that the folder can be made. @throws STANDIN_ERR_RECORD */
  async open(): Promise<void> {
    const { folder, cwd } = this.#options
    await this.#doing(mkdir(resolve(cwd, folder), { recursive: true }))
  }

  /** Writes what has been recorded last. @throws STANDIN_ERR_RECORD */
  async close(): Promise<WrittenRecording> {
    await this.#soon.settle()
    return this.#write()
  }

  #writeSoon(): void {
    if (this.#recorder.size === this.#size) return
    this.#size = this.#recorder.size
    this.#soon.touch()
  }

  /** The whole file or the old one, never a half. */
  async #write(): Promise<WrittenRecording> {
    const { consumer, folder, cwd } = this.#options
    const recording = { ...this.#recorder.recording(), consumer }
    if (recording.interactions === 0) return { ...recording, file: undefined }
    const file = join(folder, contractFile(this.#options))
    if (recording.text !== this.#written) {
      await this.#doing(writeAtomically(resolve(cwd, file), recording.text, false, undefined, SHARED))
      this.#written = recording.text
    }
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
