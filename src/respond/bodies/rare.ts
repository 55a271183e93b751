import { isXml } from '../../operation/media-type.js'
import type * as Multipart from './multipart.js'
import type * as Xml from './xml.js'

/**
 * Readers of the media types that few descriptions have. Each brings a library, for
 * which the start of a server need not wait when nothing will ever use it.
 */
interface Rare {
  multipart?: typeof Multipart
  xml?: typeof Xml
}

const loaded: Rare = {}

/** Loads what some media types or ranges need, before bodies of them are read. */
export async function loadRareMediaTypes(mediaTypes: Iterable<string>): Promise<void> {
  const all = [...mediaTypes]
  const open = all.some((type) => type.includes('*'))
  if (open || all.some((type) => type.startsWith('multipart/')))
    loaded.multipart ??= await import('./multipart.js')
  if (open || all.some(isXml)) loaded.xml ??= await import('./xml.js')
}

export const multipart = (): typeof Multipart => demand(loaded.multipart)
export const xml = (): typeof Xml => demand(loaded.xml)

function demand<Module>(module: Module | undefined): Module {
  if (module) return module
  throw new Error('Call loadRareMediaTypes with the media types of the description first')
}
