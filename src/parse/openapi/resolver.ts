import type { Finding } from '../../operation/finding.js'
import { fragmentToPointer, pointerTokens } from '../../operation/pointer.js'
import { pathFrom, type ReadContext, type SourceFile } from '../source-file.js'
import { collectIdentifiers, type Identifiers } from './identifiers.js'
import { openDocument } from '../document/open-document.js'
import { absoluteUri, at, Place, root, textMember } from '../document/place.js'
import type { SourceDocument } from '../document/source-document.js'

/** Why a reference leads nowhere, as a sentence. */
export interface Unresolved {
  readonly problem: string
}

/** The files of one description, and what `$ref` in them leads to (RFC 3986, RFC 6901). */
export class Resolver {
  readonly documents = new Map<string, SourceDocument>()
  readonly #context: ReadContext
  readonly #onOpen: (findings: () => readonly Finding[]) => void
  readonly #unreadable = new Map<string, string>()
  readonly #identifiers = new Map<SourceDocument, Identifiers>()
  readonly #known = new Map<SourceDocument, Map<string, Place | Unresolved>>()

  /** @param onOpen is given what is wrong with each file that is opened */
  constructor(context: ReadContext, onOpen: (findings: () => readonly Finding[]) => void) {
    this.#context = context
    this.#onOpen = onOpen
  }

  /** Reads a file; throws where it cannot be read. */
  open(file: SourceFile): SourceDocument {
    const { document, findings } = openDocument(file)
    this.documents.set(file.path, document)
    this.#onOpen(findings)
    this.#identifiers.set(document, collectIdentifiers(document))
    return document
  }

  /** `base` is the absolute `$id` of the schema resource that the reference stands in, if it stands in one. */
  resolve(from: SourceDocument, ref: string, base?: string): Place | Unresolved {
    const known = this.#known.get(from) ?? new Map<string, Place | Unresolved>()
    this.#known.set(from, known)
    const key = base === undefined ? ref : `${base} ${ref}`
    const found = known.get(key) ?? this.#follow(from, ref, base)
    known.set(key, found)
    return found
  }

  /** The absolute `$id` of the schema resource around a place, if it stands in one. */
  baseOf(place: Place): string | undefined {
    const resources = this.#identifiers.get(place.document)?.resources
    if (resources === undefined || resources.size === 0) return undefined
    const { pointer } = place
    let nearest: { pointer: string; id: string } | undefined
    for (const [id, { pointer: start }] of resources) {
      const isWithin = pointer === start || pointer.startsWith(`${start}/`)
      if (isWithin && start.length >= (nearest?.pointer.length ?? 0)) nearest = { pointer: start, id }
    }
    return nearest?.id
  }

  #follow(from: SourceDocument, ref: string, base: string | undefined): Place | Unresolved {
    const hash = ref.indexOf('#')
    const uri = hash === -1 ? ref : ref.slice(0, hash)
    const fragment = hash === -1 ? '' : ref.slice(hash + 1)
    const start = this.#resource(from, uri, base)
    return isPlace(start) ? this.#within(start, fragment) : start
  }

  /** The document or the schema resource that the part before `#` names. */
  #resource(from: SourceDocument, uri: string, base: string | undefined): Place | Unresolved {
    const absolute = absoluteUri(uri, base ?? from.id)
    for (const identifiers of this.#identifiers.values()) {
      const place = absolute === undefined ? undefined : identifiers.resources.get(absolute)
      if (place !== undefined) return place
    }
    if (uri === '') return root(from)
    for (const document of this.documents.values()) if (document.id === uri) return root(document)
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(uri)) {
      return {
        problem: `"${uri}" is an address on the network, which is not fetched. Keep a copy beside this file.`,
      }
    }
    return this.#file(pathFrom(from.path, fragmentToPointer(uri)))
  }

  #file(path: string): Place | Unresolved {
    const open = this.documents.get(path)
    if (open !== undefined) return root(open)
    const known = this.#unreadable.get(path)
    if (known !== undefined) return { problem: known }
    const text = this.#context.read(path)
    let problem = `The file "${path}" does not exist or cannot be read.`
    if (text !== undefined) {
      try {
        return root(this.open({ path, text }))
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error)
      }
    }
    this.#unreadable.set(path, problem)
    return { problem }
  }

  #within(start: Place, fragment: string): Place | Unresolved {
    if (fragment === '') return start
    if (!fragment.startsWith('/')) {
      const anchor = this.#identifiers
        .get(start.document)
        ?.anchors.get(start.pointer)
        ?.get(fragmentToPointer(fragment))
      return anchor ?? { problem: `There is no anchor "${fragment}" in "${start.document.path}".` }
    }
    return (
      this.#walk(start, fragmentToPointer(fragment)) ??
      this.#walk(start, fragment) ??
      nowhere(start, fragment)
    )
  }

  /** Follows a pointer. Where it passes through a reference, it goes on in what that refers to. */
  #walk(start: Place, pointer: string): Place | undefined {
    let place = start
    for (const token of pointerTokens(pointer)) {
      const own = child(place, token)
      if (own !== undefined) {
        place = own
        continue
      }
      const ref = textMember(place.value, '$ref')
      const target = ref === undefined ? undefined : this.#through(place, ref)
      const next = target === undefined ? undefined : child(target, token)
      if (next === undefined) return undefined
      place = next
    }
    return place
  }

  readonly #passing = new Set<string>()

  #through(place: Place, ref: string): Place | undefined {
    const key = `${place.document.path} ${place.pointer}`
    if (this.#passing.has(key)) return undefined
    this.#passing.add(key)
    const target = this.resolve(place.document, ref)
    this.#passing.delete(key)
    return isPlace(target) ? target : undefined
  }
}

export const isPlace = (found: Place | Unresolved): found is Place => found instanceof Place

const nowhere = (start: Place, fragment: string): Unresolved => ({
  problem: `There is nothing at "${fragment}" in "${start.document.path}".`,
})

function child(place: Place, token: string): Place | undefined {
  if (Array.isArray(place.value) && !/^\d+$/.test(token)) return undefined
  const found = at(place, token)
  return found.value === undefined ? undefined : found
}
