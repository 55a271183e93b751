import type { RequestInput } from '../../../src/respond/check.js'
import type { Reply } from '../../../src/respond/reply.js'
import { Journals, type JournalsOptions } from '../../../src/steer/journal/journals.js'
import { Trail } from '../../../src/steer/trail.js'
import { describedBy, showing } from '../../serve/app-for.js'

export const description = describedBy(
  {
    '/cups/{id}': {
      get: {
        operationId: 'getCup',
        parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }],
        responses: {
          200: showing({ id: '7' }),
          404: showing({ error: 'none' }),
          '5XX': { description: 'x' },
        },
      },
      put: { operationId: 'putCup', responses: { 204: { description: 'done' } } },
    },
    '/accounts/{account}/pin/{pin}': {
      post: { operationId: 'setPin', responses: { 200: showing({ ok: true }), default: showing({ no: 1 }) } },
    },
  },
  {
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Gate' },
        code: { type: 'apiKey', in: 'query', name: 'gate' },
      },
    },
  },
)

export const journals = (options: Partial<JournalsOptions> = {}): Journals =>
  new Journals({ entries: 100, description: () => description, ...options })

export const okay: Reply = {
  status: 200,
  headers: { 'content-type': 'application/json', 'standin-example': '' },
  body: '{"id":"7"}',
  notes: [],
  reason: "example 'response' of 200: the lowest documented 2xx",
}

export interface CallOptions extends Partial<RequestInput> {
  readonly operationId?: string | undefined
  readonly reply?: Partial<Reply>
  readonly more?: Partial<Trail>
}

/** A call that has been answered. */
export function call({ operationId, reply = {}, more = {}, ...input }: CallOptions = {}): Trail {
  const { 'standin-example': _none, ...headers } = okay.headers
  return Object.assign(
    new Trail('', 10, operationId, { method: 'GET', url: '/cups/7', headers: {}, body: undefined, ...input }),
    { reply: { ...okay, headers, ...reply } },
    more,
  )
}
