import type { ApiDescription } from '../../operation/description.js'
import { isObject } from '../../operation/json-object.js'
import { setLocator } from '../../operation/locate.js'
import { once } from '../../operation/once.js'
import { pointerTokens } from '../../operation/pointer.js'
import type { ReadContext, SourceFile } from '../source-file.js'
import { dialectOf } from './dialect.js'
import type { OperationDetails } from './details.js'
import { dropIdentifiers, hasIdentifiers } from './identifiers.js'
import { unreadable } from '../document/open-document.js'
import { readOperations } from './operations.js'
import { at, members, type Place, root, textMember } from '../document/place.js'
import { dropBodyExamples } from './prune.js'
import { deref, type Reading } from './reading.js'
import { Reports } from './reports.js'
import { Resolver } from './resolver.js'
import { readSecuritySchemes } from './security.js'
import type { SourceDocument } from '../document/source-document.js'
import { Upgrade } from './upgrade.js'

export interface OpenApiOptions {
  /** Stands before every path in place of what the description says: `/v2`, or an empty text for nothing. */
  readonly basePath?: string
}

/**
 * Reads an OpenAPI description (2.0, 3.0, 3.1, 3.2; JSON or YAML; https://spec.openapis.org) and the files
 * it refers to. Throws `STANDIN_ERR_SOURCE_UNREADABLE` where the file is none; what is wrong within it is
 * a finding, and does not keep the rest from being read.
 */
export function readOpenApi(
  file: SourceFile,
  context: ReadContext,
  options: OpenApiOptions = {},
): ApiDescription {
  const reports = new Reports()
  const { report } = reports
  const resolver = new Resolver(context, reports.add)
  const document = resolver.open(file)
  const version = dialectOf(document.value)
  if ('problem' in version) throw unreadable(file.path, file.text, { offset: 0, message: version.problem })
  const start = root(document)
  if (version.note !== undefined) report('unknown-version', 'warning', version.note, start)
  const upgrade = new Upgrade(resolver, report)
  upgrade.run(document, version.dialect)
  const documents = [...resolver.documents.values()]
  const { dialect } = version
  const reading: Reading = { dialect, resolver, report, schemas: new Map(), texts: new Map() }
  const schemePlace =
    dialect === '2.0' ? at(start, 'securityDefinitions') : at(at(start, 'components'), 'securitySchemes')
  const securitySchemes = readSecuritySchemes(reading, deref(reading, schemePlace) ?? schemePlace)
  const unread = new Set<OperationDetails>()
  const operations = readOperations({
    reading,
    reports,
    document: start,
    schemes: securitySchemes,
    basePath: normalBasePath(options.basePath),
    ids: new Set(),
    unread,
    onRead: () => letGo(documents, reading),
  })
  reportUnread(reading, start)
  const readAll = (): void => {
    for (const details of unread) details.read()
  }
  // Names that are taken out of the documents may stand in examples, too.
  if (documents.some(hasIdentifiers)) readAll()
  if (unread.size === 0) letGo(documents, reading)
  const findings = once(() => {
    readAll()
    return reports.list()
  })
  const info = deref(reading, at(start, 'info'))?.value
  const summary = textMember(info, 'summary') ?? textMember(info, 'description')
  const apiVersion = textMember(info, 'version')
  return {
    title: textMember(info, 'title') ?? file.path,
    ...(apiVersion !== undefined && { version: apiVersion }),
    ...(summary !== undefined && { summary }),
    operations,
    securitySchemes,
    documents: shareDocuments(documents),
    mediaTypes: [...upgrade.mediaTypes],
    get findings() {
      return findings()
    },
  }
}

/** The documents as schemas refer to them, each with the way back into its source. */
function shareDocuments(documents: readonly SourceDocument[]): ApiDescription['documents'] {
  return Object.fromEntries(
    documents.map((document) => {
      if (isObject(document.value)) {
        dropIdentifiers(document)
        setLocator(document.value, (pointer) => document.locate(pointerTokens(pointer)))
      }
      return [document.id, document.value]
    }),
  )
}

/** Lets go of what only the reading of operations needed. */
function letGo(documents: readonly SourceDocument[], { schemas, texts }: Reading): void {
  for (const document of documents) {
    if (isObject(document.value)) dropBodyExamples(document.value)
    document.release()
  }
  schemas.clear()
  texts.clear()
}

function reportUnread({ report, dialect }: Reading, start: Place): void {
  const paths = at(start, 'paths')
  if (members(at(start, 'webhooks')).length > 0) {
    const message = 'Webhooks are requests that the provider sends; none are served.'
    report('webhooks-ignored', 'info', message, at(start, 'webhooks'))
  } else if (paths.value === undefined && dialect !== '3.1') {
    report('no-paths', 'error', 'The description has no "paths".', start)
  }
  if (paths.value !== undefined && !isObject(paths.value)) {
    report('no-paths', 'error', '"paths" must be an object, by path.', paths)
  }
}

/** With a slash at the start and none at the end; empty for none. */
function normalBasePath(basePath: string | undefined): string | undefined {
  if (basePath === undefined) return undefined
  const inner = basePath.replaceAll(/^\/+|\/+$/g, '')
  return inner === '' ? '' : `/${inner}`
}
