import { folderFor } from '../../folder.js'
import type { ApiDescription } from '../../../src/operation/description.js'
import { readSources } from '../../../src/parse/source.js'
import { Validation } from '../../../src/respond/validation.js'
import type { Standin, StandinOptions } from '../../../src/standin.js'
import { type Scope, standinFor } from '../../serve/helper.js'

interface TestScope extends Scope {
  testdir(content: Record<string, string>): string
}

export const described = (text: string): ApiDescription =>
  readSources([{ path: 'api.json', text }], { read: () => undefined })

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, unknown>>
}

export interface Api {
  readonly standin: Standin
  /** Sends JSON, and holds the reply against the docs: one that breaks its documented schema throws. */
  readonly ask: (request: string, body?: unknown, more?: Readonly<Record<string, string>>) => Promise<Answer>
}

/** The clock of these tests. */
export const NOW = Date.UTC(2031, 4, 6, 7, 8, 9)

/** A stand-in for a description, whose every reply is checked. `request` is `POST /pets`. */
export async function apiFor(t: TestScope, text: string, options: StandinOptions = {}): Promise<Api> {
  const cwd = folderFor(t, { 'api.json': text })
  const standin = await standinFor(t, { sources: ['api.json'], cwd, now: () => NOW, ...options })
  const validation = new Validation(standin.description.documents)
  const check = (operationId: string, status: number, body: unknown): void => {
    const operation = standin.description.operations.find((one) => one.operationId === operationId)
    const response = operation?.responses.find((one) => one.status === String(status))
    const schema = response?.content.find(({ mediaType }) => mediaType.includes('json'))?.schema
    const violations = schema && validation.validator(schema, 'response')(body)
    if (violations) throw new Error(`${operationId} ${status} ${JSON.stringify(violations)}`)
  }
  return {
    standin,
    ask: async (request, body, more = {}) => {
      const [method = '', url = ''] = request.split(' ')
      const reply = await standin.inject({
        method:
          method === 'POST' ||
          method === 'PUT' ||
          method === 'PATCH' ||
          method === 'DELETE' ||
          method === 'HEAD'
            ? method
            : 'GET',
        url,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
        ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const isJson = String(reply.headers['content-type']).includes('json')
      const value: unknown = isJson && reply.body !== '' ? JSON.parse(reply.body) : reply.body
      const operation = standin.description.operations.find(
        (one) =>
          one.method === method &&
          new RegExp(`^${one.path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(url.split('?')[0] ?? ''),
      )
      if (operation && isJson && method !== 'HEAD') check(operation.operationId, reply.statusCode, value)
      return { status: reply.statusCode, body: value, headers: reply.headers }
    },
  }
}
