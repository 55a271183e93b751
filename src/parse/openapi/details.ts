import type { SecurityScheme } from '../../operation/description.js'
import type {
  Exchange,
  Link,
  Operation,
  Parameter,
  RequestBody,
  Response,
  SecurityRequirements,
} from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'
import { at, member, type Place, sourceOf, textMember } from '../document/place.js'
import { readExchanges } from './exchanges.js'
import { parameterPlaces, readParameters } from './parameters.js'
import { deref, type Reading } from './reading.js'
import type { Reports } from './reports.js'
import { readRequestBody, readSwagger2Body } from './request-body.js'
import { readResponses } from './responses.js'
import { readSecurity, requirementsAt } from './security.js'

/** What all operations of one document have in common. */
export interface Surroundings {
  readonly reading: Reading
  readonly reports: Reports
  readonly document: Place
  readonly schemes: Readonly<Record<string, SecurityScheme>>
  /** Replaces the base path that the description gives. */
  readonly basePath: string | undefined
  readonly ids: Set<string>
  /** The operations of which something is still to be read. */
  readonly unread: Set<OperationDetails>
  /** Told when the last of them has been read. */
  readonly onRead: () => void
}

interface Where {
  /** Base path included. */
  readonly path: string
  readonly item: Place
  readonly place: Place
}

/** The members of an operation that are read late. */
type Details = Pick<
  Operation,
  'parameters' | 'requestBody' | 'responses' | 'security' | 'exchanges' | 'links' | 'source' | 'sources'
>

/** What an operation says beyond its method and path: read, all of it, when the first of it is asked for. */
export class OperationDetails {
  #from: { readonly surroundings: Surroundings; readonly where: Where } | undefined
  readonly #requestStep: number
  readonly #replyStep: number
  #source: SourceLocation | undefined
  #details: Details | undefined

  /** The steps of the report at which the request, and then the rest, would be read at once. */
  constructor(surroundings: Surroundings, where: Where, requestStep: number, replyStep: number) {
    this.#from = { surroundings, where }
    this.#requestStep = requestStep
    this.#replyStep = replyStep
  }

  /** Members that are there, in their order. */
  get names(): (keyof Details)[] {
    const { reading, document } = this.#unread.surroundings
    const { item, place } = this.#unread.where
    // What is wrong with a reference is said when it is followed for its sake.
    const silent = { ...reading, report: () => {} }
    return [
      'parameters',
      ...(hasRequestBody(silent, item, place) ? (['requestBody'] as const) : []),
      'responses',
      ...(requirementsAt(document, place) ? (['security'] as const) : []),
      'exchanges',
      'links',
      'source',
      'sources',
    ]
  }

  get parameters(): Parameter[] {
    return this.#all.parameters
  }

  get requestBody(): RequestBody | undefined {
    return this.#all.requestBody
  }

  get responses(): Response[] {
    return this.#all.responses
  }

  get security(): SecurityRequirements | undefined {
    return this.#all.security
  }

  get exchanges(): Exchange[] | undefined {
    return this.#all.exchanges
  }

  get links(): Link[] {
    return this.#all.links
  }

  /** The line alone is asked for often, and costs less. */
  get source(): SourceLocation {
    return this.#details?.source ?? (this.#source ??= sourceOf(this.#unread.where.place))
  }

  get sources(): SourceLocation[] {
    return this.#all.sources
  }

  read(): void {
    this.#details ??= this.#read()
  }

  get #all(): Details {
    return (this.#details ??= this.#read())
  }

  get #unread(): { readonly surroundings: Surroundings; readonly where: Where } {
    if (this.#from === undefined) throw new Error('The details have been read')
    return this.#from
  }

  #read(): Details {
    const { surroundings, where } = this.#unread
    const { reading, reports, document, schemes, unread, onRead } = surroundings
    const { item, place, path } = where
    const { source } = this
    const request = reports.during(this.#requestStep, () => {
      const places = parameterPlaces(reading, item, place)
      return {
        places,
        requestBody:
          reading.dialect === '2.0'
            ? readSwagger2Body(reading, places, mediaTypes(document, place, 'consumes'))
            : readRequestBody(reading, place),
        security: readSecurity(reading, document, place, schemes),
      }
    })
    const { places, requestBody, security } = request
    const details = reports.during(this.#replyStep, () => {
      const parameters = readParameters(reading, places, path, place)
      const responses = readResponses(reading, place, mediaTypes(document, place, 'produces'))
      return {
        parameters,
        ...(requestBody !== undefined && { requestBody }),
        responses,
        ...(security !== undefined && { security }),
        exchanges: readExchanges(reading, places, path, responses),
        links: linksOf(place),
        source,
        sources: [source],
      }
    })
    this.#from = undefined
    unread.delete(this)
    if (unread.size === 0) onRead()
    return details
  }
}

function hasRequestBody(reading: Reading, item: Place, operation: Place): boolean {
  if (reading.dialect !== '2.0') {
    const written = at(operation, 'requestBody')
    return written.value !== undefined && deref(reading, written) !== undefined
  }
  const places = parameterPlaces(reading, item, operation)
  return places.some(({ value }) => ['body', 'formData'].includes(textMember(value, 'in') ?? ''))
}

/** 2.0's `produces` or `consumes`: those of the operation replace those of the document. */
export function mediaTypes(document: Place, operation: Place, key: 'produces' | 'consumes'): string[] {
  const own = member(operation.value, key)
  const list = Array.isArray(own) ? own : member(document.value, key)
  return Array.isArray(list) ? list.filter((type): type is string => typeof type === 'string') : []
}

function linksOf(place: Place): Link[] {
  const docs = at(place, 'externalDocs')
  const href = textMember(docs.value, 'url')
  if (href === undefined) return []
  return [{ text: textMember(docs.value, 'description') ?? href, href, source: sourceOf(docs) }]
}
