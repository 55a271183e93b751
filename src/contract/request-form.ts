import { isObject } from '../operation/json-object.js'
import { essenceOf } from '../operation/media-type.js'
import type { MediaType } from '../operation/operation.js'
import { decodeBody } from '../respond/bodies.js'
import { formPairs, writeForm } from '../respond/bodies/write-form.js'
import { multipartType, writeMultipart } from '../respond/samples/multipart.js'
import { bundleSchema } from './bundle.js'
import { flatten } from './flatten.js'
import { Limits } from './unsupported.js'

type Documents = Readonly<Record<string, unknown>>

/** How a form is written and read. In it there are texts alone, so that what a value is is told by the schema. */
export interface Form {
  readonly encoding: MediaType['encoding']
  /** Members that are files. */
  readonly files: ReadonlySet<string>
  /** A value as it arrives when it is sent in the form; undefined where the form cannot be read. */
  readonly read: (value: unknown) => unknown
}

const URLENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'

export const isForm = (mediaType: string): boolean => [URLENCODED, MULTIPART].includes(essenceOf(mediaType))

export function formOf(media: MediaType, documents: Documents): Form | undefined {
  if (!isForm(media.mediaType)) return undefined
  const { encoding } = media
  const read = (value: unknown): unknown =>
    isObject(value)
      ? readForm(writeForm(value, encoding), { ...media, mediaType: URLENCODED }, documents)
      : undefined
  return { encoding, files: filesOf(media.schema, documents), read }
}

/**
 * The members of a form as it came, in the types of its schema; undefined for what is no form.
 * @param contentType as it came, with the boundary of a multipart form
 */
export function readForm(
  body: string | Uint8Array,
  media: MediaType,
  documents: Documents,
  contentType?: string,
): Record<string, unknown> | undefined {
  const decoded = decodeBody(Buffer.from(body), contentType, media, (id) => documents[id])
  return 'value' in decoded && isObject(decoded.value) ? decoded.value : undefined
}

/** The text of a form, and its type; the boundary is always the same. */
export function formText(
  mediaType: string,
  value: Readonly<Record<string, unknown>>,
  { encoding, files }: Form,
): { mediaType: string; text: string } {
  if (essenceOf(mediaType) !== MULTIPART) return { mediaType, text: writeForm(value, encoding) }
  const parts = formPairs(value, encoding).map(([name, text]) => ({
    name,
    value: text,
    ...(files.has(name) ? { file: name } : {}),
  }))
  return { mediaType: multipartType, text: writeMultipart(parts) }
}

/** Members whose content is that of a file, alone or in a list (OpenAPI 3.0 `format: binary`, 3.1 `contentMediaType`). */
function filesOf(schema: unknown, documents: Documents): Set<string> {
  const root = bundleSchema(schema, documents)
  const open = (node: Parameters<typeof flatten>[0]) => flatten(node, root, new Limits())
  const names = [...open([{ schema: root, pointer: '' }]).properties].flatMap(([name, node]) => {
    const { keywords } = open(node)
    const items = keywords.get('items')
    return [keywords, ...(items ? [open([items]).keywords] : [])].some(
      (said) => said.get('format')?.schema === 'binary' || said.has('contentMediaType'),
    )
      ? [name]
      : []
  })
  return new Set(names)
}
