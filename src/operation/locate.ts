import type { ApiDescription } from './description.js'
import { fragmentToPointer } from './pointer.js'
import type { SourceLocation } from './source.js'

/** Finds the line of the node at a JSON pointer, or of the nearest one around it. */
export type Locator = (pointer: string) => SourceLocation

/**
 * Kept beside the documents and not in them: a line for each node of a large document would take more
 * memory than the document, and hardly any is ever asked for.
 */
const locators = new WeakMap<object, Locator>()

/** For readers: tells how nodes of a document of {@link ApiDescription}'s `documents` are found in its source. */
export function setLocator(document: object, locator: Locator): void {
  locators.set(document, locator)
}

/** Where the node at a JSON pointer (`/components/schemas/Pet`) of one of the documents is written. */
export function locate(
  documents: ApiDescription['documents'],
  id: string,
  pointer: string,
): SourceLocation | undefined {
  const document = documents[id]
  return typeof document === 'object' && document !== null ? locators.get(document)?.(pointer) : undefined
}

/** The same for a reference such as `<id>#/components/schemas/Pet`, as schemas of operations carry it. */
export function locateRef(documents: ApiDescription['documents'], ref: string): SourceLocation | undefined {
  const hash = ref.indexOf('#')
  if (hash === -1) return locate(documents, ref, '')
  return locate(documents, ref.slice(0, hash), fragmentToPointer(ref.slice(hash + 1)))
}
