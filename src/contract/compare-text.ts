import { isXml } from '../operation/media-type.js'
import type { MediaType } from '../operation/operation.js'
import { decodeForm } from '../respond/bodies/form.js'
import { Malformed } from '../respond/bodies/malformed.js'
import { decodeMultipart } from '../respond/bodies/multipart.js'
import { decodeXml } from '../respond/bodies/xml.js'
import type { ConsumedBody } from './pact-reader.js'
import { isForm } from './request-form.js'

/** The value of a form or an XML document in the types of its schema; no value for text of another type. */
export function readText(
  { text = '', contentType }: ConsumedBody,
  media: MediaType,
  documents: Readonly<Record<string, unknown>>,
): { readonly value: unknown } | { readonly unreadable: string } {
  const decode = decoderOf(media.mediaType)
  if (!decode) return { value: undefined }
  try {
    return { value: decode(Buffer.from(text, 'latin1'), contentType, media, (id) => documents[id]) }
  } catch (error) {
    if (error instanceof Malformed) return { unreadable: `something that ${error.message}` }
    throw error
  }
}

function decoderOf(mediaType: string): typeof decodeForm | undefined {
  if (isXml(mediaType)) return decodeXml
  if (!isForm(mediaType)) return undefined
  return mediaType.startsWith('multipart/') ? decodeMultipart : decodeForm
}
