import { errors } from '../errors.js'
import { type FileStoreOptions, openFileStore } from './file.js'
import { openMemoryStore } from './memory.js'
import { withoutCredentials } from './redis/location.js'
import type { Store } from './store.js'

export interface StoreOptions extends FileStoreOptions {
  /** `memory` or a folder, which is made if it is not there. */
  readonly location: string
}

export async function openStore({ location, ...options }: StoreOptions): Promise<Store> {
  if (location === 'memory') return openMemoryStore(options)
  // Two letters at least: `C:` is a drive.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new errors.STANDIN_ERR_STORE_LOCATION(
      withoutCredentials(location),
      'there is no store of this kind',
    )
  }
  return openFileStore(location, options)
}
