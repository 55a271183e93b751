import type { Standin } from '../../standin.js'

export interface Held {
  readonly made: Standin
  /** May be called several times. */
  readonly close: () => Promise<void>
}

/**
 * Who has which folder of state. When its config changes Vite starts the new server before it closes the
 * old one, and a folder takes one stand-in: the old one is closed first.
 */
export class Holders {
  readonly #closing = new Map<string, () => Promise<void>>()

  /** @param folder undefined where the state is not in one */
  async hold(folder: string | undefined, make: () => Promise<Standin>): Promise<Held> {
    if (folder !== undefined) await this.#closing.get(folder)?.()
    const made = await make()
    let closed: Promise<void> | undefined
    const close = (): Promise<void> => {
      if (folder !== undefined && this.#closing.get(folder) === close) this.#closing.delete(folder)
      closed ??= made.close()
      return closed
    }
    if (folder !== undefined) this.#closing.set(folder, close)
    return { made, close }
  }
}
