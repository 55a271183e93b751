import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { packageVersion } from '../../package.js'
import { apiAddress } from './api-address.js'
import { type ControlApp, type ControlContext, CONTROL_PREFIX } from './context.js'
import { CONTROL_DOCUMENT } from './problems.js'
import { Likeness, likenessAmong } from './replica-list.js'

const About = Type.Object(
  {
    version: Type.String(),
    title: Type.String({ description: 'Of the API that is stood in for' }),
    description: Type.String({
      description: 'SHA-256 of its OpenAPI document; another one after a change of the docs',
    }),
    operations: Type.Integer(),
    sessions: Type.Integer({ description: 'In use, the default one among them' }),
    store: Type.String(),
    replicas: Type.Optional(Likeness),
    token: Type.Boolean({ description: 'Whether the control API asks for a token' }),
    api: Type.Optional(Type.String({ description: 'Where the mocked API is, if not on the same port' })),
    links: Type.Record(Type.String(), Type.String()),
  },
  { $id: 'About' },
)

/** Where to begin. */
export function aboutRoutes(
  app: ControlApp,
  context: ControlContext,
  ownDocument: () => Promise<string>,
): void {
  const { sessions, description, document, store } = context
  const hash = digestOf(document)
  app.get(
    '/',
    {
      prefixTrailingSlash: 'both',
      schema: {
        operationId: 'about',
        summary: 'What this is, and where things are',
        tags: ['About'],
        response: { 200: About },
      },
    },
    async (request) => ({
      version: packageVersion,
      title: description().title,
      description: await hash(description()),
      operations: description().operations.length,
      // Where the store does not answer, those of this process: that is no reason to tell nothing else.
      sessions: await sessions.count().catch(() => sessions.size),
      store: store?.location ?? 'stateless',
      ...(await likenessAmong(context.replicas)),
      token: context.token !== undefined,
      ...apiAddress(context, request),
      links: LINKS,
    }),
  )
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'controlDocument',
        summary: 'This API, described',
        tags: ['About'],
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
      },
    },
    async () => {
      const document: Record<string, unknown> = JSON.parse(await ownDocument())
      return document
    },
  )
}

const PLACES = [
  'operations',
  'overrides',
  'scenarios',
  'scenario',
  'state',
  'snapshots',
  'tokens',
  'sessions',
  'replicas',
  'journal',
  'coverage',
  'findings',
]

const LINKS = {
  ...Object.fromEntries(PLACES.map((name) => [name, `${CONTROL_PREFIX}/${name}`])),
  document: CONTROL_DOCUMENT,
  api: '/_standin/openapi.json',
}

/** The digest of a document, made once for each description. */
function digestOf(document: () => Promise<string>): (of: object) => Promise<string> {
  const made = new WeakMap<object, Promise<string>>()
  return (of) => {
    let digest = made.get(of)
    if (!digest) {
      digest = document().then((text) => createHash('sha256').update(text).digest('hex'))
      made.set(of, digest)
    }
    return digest
  }
}
