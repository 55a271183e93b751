import { diffDescriptions } from '../../src/contract/diff.js'
import { readValue } from '../parse/openapi/helper.js'

/** What an OpenAPI document of one operation differs in from another. */
export interface Said {
  readonly request?: unknown
  readonly requestType?: string
  readonly response?: unknown
  readonly parameters?: readonly object[]
  readonly security?: readonly object[]
  readonly schemas?: object
}

const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  oauth: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: { r: '', w: '' } } },
  },
  certificate: { type: 'mutualTLS' },
}

const documentOf = ({ request, requestType, response, parameters, security, schemas }: Said): object => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': {
      post: {
        operationId: 'change',
        parameters: [
          { in: 'path', name: 'id', required: true, schema: { type: 'string' } },
          ...(parameters ?? []),
        ],
        ...(request === undefined
          ? {}
          : {
              requestBody: {
                required: true,
                content: { [requestType ?? 'application/json']: { schema: request } },
              },
            }),
        responses: {
          200: {
            description: 'done',
            ...(response === undefined ? {} : { content: { 'application/json': { schema: response } } }),
          },
        },
        ...(security ? { security } : {}),
      },
    },
  },
  components: { schemas: schemas ?? {}, securitySchemes },
})

/** The changes between two such documents, breaking ones first: `breaking RULE WHERE`. */
export const changesOf = (old: Said, now: Said): string[] =>
  diffDescriptions(readValue(documentOf(old)), readValue(documentOf(now))).changes.map(
    ({ rule, breaking, where }) => `${breaking ? 'breaking' : 'safe'} ${rule} ${where}`,
  )
