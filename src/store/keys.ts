import { Low } from 'lowdb'
import { type Static, Type } from '@sinclair/typebox'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { errors } from '../errors.js'
import { parseChecked } from './checked-json.js'
import { errorMessage } from './failure.js'
import { EditedElsewhere, JsonFile, type JsonFileOptions } from './json-file.js'

/** `keys.json`: 32 random bytes each, in base64url (RFC 4648 section 5). */
const KeysFile = Type.Record(Type.String(), Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }))
type KeysFile = Static<typeof KeysFile>

/** The secrets of a folder. Once handed out, a secret stays what it is as long as the file does. */
export class Keys {
  readonly #file: JsonFile<KeysFile>
  readonly #keys: Low<KeysFile>
  #isRead = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string, options: JsonFileOptions) {
    const codec = {
      parse: (text: string) => parseChecked(text, KeysFile, 'keys by name, 43 characters of base64url each'),
      stringify: (keys: KeysFile) => `${JSON.stringify(keys, undefined, 2)}\n`,
    }
    this.#file = new JsonFile(join(folder, 'keys.json'), codec, { ...options, backup: true })
    this.#keys = new Low(this.#file, {})
  }

  /** One at a time, so that two who ask for the same new secret get the same. */
  secret(name: string): Promise<Uint8Array> {
    const turn = this.#last
      .catch(() => {})
      .then(() => this.#secret(name))
      .catch((error: unknown) => {
        throw new errors.STANDIN_ERR_STORE_WRITE(this.#file.path, errorMessage(error))
      })
    this.#last = turn
    return turn
  }

  async idle(): Promise<void> {
    await this.#last.catch(() => {})
  }

  async #secret(name: string): Promise<Uint8Array> {
    if (!this.#isRead) await this.#keys.read()
    this.#isRead = true
    const known = Object.hasOwn(this.#keys.data, name) ? this.#keys.data[name] : undefined
    if (known !== undefined) return Buffer.from(known, 'base64url')
    const before = this.#keys.data
    const bytes = randomBytes(32)
    this.#keys.data = { ...before, [name]: bytes.toString('base64url') }
    try {
      await this.#keys.write()
      await this.#file.keepCopy()
      return bytes
    } catch (error) {
      this.#keys.data = before
      if (!(error instanceof EditedElsewhere)) throw error
      const edit = await this.#file.edited()
      if (typeof edit === 'object') this.#keys.data = { ...edit.data, ...before }
      return this.#secret(name)
    }
  }
}
