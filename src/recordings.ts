import { contractFile } from './contract/contract-file.js'
import { errors } from './errors.js'
import type { ApiDescription } from './operation/description.js'
import { RecordingFile, type RecordingOptions, type WrittenRecording } from './recording.js'
import type { Observer } from './serve/observer.js'
import type { StandinOptions } from './standin-options.js'
import { sessionNameOf } from './steer/session-name.js'

export interface RecordingsOptions extends Omit<RecordingOptions, 'consumer'> {
  /** Records the calls of all sessions that are not recorded for a consumer of their own. */
  readonly consumer: string | undefined
  /** The consumer that the calls of a session are recorded for. */
  readonly consumerOf: (session: string) => string | undefined
}

/** Contracts that are recorded at once. */
const MOST = 100

/** A contract for each consumer whose calls are recorded. */
export class Recordings {
  readonly #options: RecordingsOptions
  /** By the name of the file, which several spellings of a consumer may share. */
  readonly #files = new Map<string, RecordingFile>()

  constructor(options: RecordingsOptions) {
    this.#options = options
  }

  /** Begins a contract, or goes on with one. @throws STANDIN_ERR_USAGE, STANDIN_ERR_RECORD */
  async open(consumer: string): Promise<void> {
    const name = this.#fileOf(consumer)
    if (this.#files.has(name)) return
    if (consumer.trim() === '') throw new errors.STANDIN_ERR_USAGE('A consumer has a name that is not empty.')
    if (this.#files.size >= MOST)
      throw new errors.STANDIN_ERR_RECORD(name, `${MOST} contracts are recorded already`)
    const file = new RecordingFile({ ...this.#options, consumer })
    await file.open()
    // Somebody else may have begun it meanwhile.
    if (!this.#files.has(name)) this.#files.set(name, file)
  }

  /** What the server tells of each call, while it serves this description. */
  observer(description: ApiDescription): Observer {
    const files = this.#files
    const observers = new WeakMap<RecordingFile, ReturnType<RecordingFile['observer']>>()
    const of = (headers: Parameters<typeof sessionNameOf>[0]) => {
      const { consumer, consumerOf } = this.#options
      const recorded = consumerOf(sessionNameOf(headers)) ?? consumer
      const file = recorded === undefined ? undefined : files.get(this.#fileOf(recorded))
      if (!file) return undefined
      let observer = observers.get(file)
      if (!observer) observers.set(file, (observer = file.observer(description)))
      return observer
    }
    return {
      get active() {
        return files.size > 0
      },
      onCall: (call) => of(call.headers)?.onCall(call),
      onUnknown: (method, url, headers) => of(headers)?.onUnknown(method, url),
    }
  }

  /** Writes what has been recorded last, in the order in which recording began. @throws STANDIN_ERR_RECORD */
  async close(): Promise<WrittenRecording[]> {
    return Promise.all([...this.#files.values()].map((file) => file.close()))
  }

  #fileOf(consumer: string): string {
    return contractFile({ consumer, provider: this.#options.provider })
  }
}

/** The recordings of a stand-in, with the defaults of its options. */
export const recordingsFor = (
  { recordPact, provider = '', recordDir = 'contracts', cwd = process.cwd() }: StandinOptions,
  consumerOf: RecordingsOptions['consumerOf'],
): Recordings => new Recordings({ consumer: recordPact, provider, folder: recordDir, cwd, consumerOf })
