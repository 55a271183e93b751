/** Descriptions of small APIs, each with a way of its own to say the same things. */

interface Parts {
  readonly get?: object
  readonly put?: object
  readonly post?: object
  readonly patch?: object
  readonly delete?: object
}

export const json = (schema: object, more: object = {}): object => ({
  content: { 'application/json': { schema, ...more } },
})
export const ok = (schema: object, more: object = {}, rest: object = {}): object => ({
  description: 'ok',
  ...json(schema, more),
  ...rest,
})
export const none = { description: 'done' }
export const inPath = (name: string, type = 'string'): object => ({
  name,
  in: 'path',
  required: true,
  schema: { type },
})
export const inQuery = (name: string, schema: object = { type: 'string' }): object => ({
  name,
  in: 'query',
  schema,
})

/** An OpenAPI document, as text. */
export const openapi = (paths: Readonly<Record<string, Parts>>, schemas: object = {}): string =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths, components: { schemas } })

export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 1 },
    tag: { type: 'string' },
    age: { type: 'number' },
    secret: { type: 'string', writeOnly: true },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
    updatedAt: { type: 'string', format: 'date-time', readOnly: true },
  },
}
const problem = { type: 'object', required: ['message'], properties: { message: { type: 'string' } } }
const missing = ok(ref('Error'), { example: { message: 'no such pet' } })

/** Bare arrays, documented refusals, both kinds of patch. */
export const petstore = openapi(
  {
    '/api/v1/pets': {
      get: {
        operationId: 'listPets',
        parameters: [
          inQuery('tag'),
          inQuery('limit', { type: 'integer', maximum: 100 }),
          inQuery('offset', { type: 'integer' }),
          inQuery('sort'),
          inQuery('q'),
        ],
        responses: {
          200: ok(
            { type: 'array', items: ref('Pet') },
            {
              example: [
                { id: 7, name: 'Rex', tag: 'dog' },
                { id: 8, name: 'Mia', tag: 'cat' },
              ],
            },
          ),
        },
      },
      post: {
        operationId: 'addPet',
        requestBody: { required: true, ...json(ref('Pet')) },
        responses: {
          201: ok(ref('Pet'), {}, { headers: { Location: { schema: { type: 'string' } } } }),
        },
      },
    },
    '/api/v1/pets/{petId}': {
      get: {
        operationId: 'getPet',
        parameters: [inPath('petId', 'integer')],
        responses: {
          200: ok(ref('Pet'), { example: { id: 7, name: 'Rex', tag: 'dog', age: 4.0 } }),
          404: missing,
        },
      },
      put: {
        operationId: 'putPet',
        parameters: [inPath('petId', 'integer')],
        requestBody: json(ref('Pet')),
        responses: { 200: ok(ref('Pet')), 404: missing },
      },
      patch: {
        operationId: 'patchPet',
        parameters: [inPath('petId', 'integer')],
        requestBody: {
          content: {
            'application/merge-patch+json': {
              schema: {
                type: 'object',
                properties: {
                  name: { type: ['string', 'null'] },
                  tag: { type: ['string', 'null'] },
                  age: { type: 'number' },
                },
              },
            },
            'application/json-patch+json': { schema: { type: 'array' } },
          },
        },
        responses: {
          200: ok(ref('Pet')),
          404: missing,
          409: ok(ref('Error'), { example: { message: 'does not fit' } }),
        },
      },
      delete: {
        operationId: 'deletePet',
        parameters: [inPath('petId', 'integer')],
        responses: { 204: none, 404: missing },
      },
    },
  },
  { Pet: pet, Error: problem },
)

const order = {
  type: 'object',
  required: ['order_id'],
  additionalProperties: false,
  properties: {
    order_id: { type: 'string', format: 'uuid', readOnly: true },
    state: { type: 'string', enum: ['open', 'paid'], default: 'open' },
    total: { type: 'number' },
    note: { type: ['string', 'null'] },
    links: { type: 'object', readOnly: true, properties: { self: { type: 'string' } } },
    created: { type: 'integer', readOnly: true },
  },
}
const ORDER = '3f2b0c1e-9d44-4a51-8f0e-0d6a3c1b2a10'
const SECOND = '6f2b0c1e-9d44-4a51-8f0e-0d6a3c1b2a11'

/** Envelopes with totals and pages, UUIDs, a delete that answers, no 404 documented. */
export const orders = openapi(
  {
    '/orders': {
      get: {
        operationId: 'orders',
        parameters: [
          inQuery('page', { type: 'integer', minimum: 1 }),
          inQuery('per_page', { type: 'integer', default: 2, maximum: 3 }),
          inQuery('state', { type: 'string', enum: ['open', 'paid', 'all'] }),
          inQuery('sort_by'),
          inQuery('order', { type: 'string', enum: ['asc', 'desc'] }),
        ],
        responses: {
          200: {
            ...ok(
              {
                type: 'object',
                required: ['data', 'meta'],
                properties: {
                  data: { type: 'array', items: ref('Order') },
                  meta: {
                    type: 'object',
                    properties: {
                      total: { type: 'integer' },
                      page: { type: 'integer' },
                      per_page: { type: 'integer' },
                      total_pages: { type: 'integer' },
                      has_more: { type: 'boolean' },
                      next: { type: ['string', 'null'], format: 'uri-reference' },
                      version: { type: 'string' },
                    },
                  },
                },
              },
              {
                example: {
                  data: [
                    {
                      order_id: ORDER,
                      state: 'paid',
                      total: 12.5,
                      links: { self: `/orders/${ORDER}` },
                      created: 1700000000,
                    },
                    { order_id: SECOND, state: 'open', total: 3 },
                  ],
                  meta: {
                    total: 90,
                    page: 4,
                    per_page: 20,
                    total_pages: 9,
                    has_more: true,
                    next: '/orders?page=5',
                    version: 'v7',
                  },
                },
              },
            ),
            headers: {
              'X-Total-Count': { schema: { type: 'integer' } },
              Link: { schema: { type: 'string' } },
            },
          },
        },
      },
      post: {
        operationId: 'order',
        requestBody: json({ type: 'object', properties: { order: ref('Order') } }),
        responses: { 200: ok({ type: 'object', required: ['order'], properties: { order: ref('Order') } }) },
      },
    },
    '/orders/{orderId}': {
      get: {
        operationId: 'readOrder',
        parameters: [inPath('orderId')],
        responses: { 200: ok({ type: 'object', properties: { order: ref('Order') } }) },
      },
      put: {
        operationId: 'putOrder',
        parameters: [inPath('orderId')],
        requestBody: json({ type: 'object', properties: { order: ref('Order') } }),
        responses: { 204: none, 201: none },
      },
      delete: {
        operationId: 'deleteOrder',
        parameters: [inPath('orderId')],
        responses: {
          200: ok(
            { type: 'object', properties: { deleted: { type: 'boolean' } } },
            { example: { deleted: true } },
          ),
        },
      },
    },
  },
  { Order: order },
)

/** Items below parents, slugs, and what forms no resource. */
export const blog = openapi(
  {
    '/users/login': {
      post: {
        operationId: 'login',
        requestBody: json({ type: 'object', properties: { name: { type: 'string' } } }),
        responses: {
          200: ok({ type: 'object', properties: { token: { type: 'string' } } }, { example: { token: 't' } }),
        },
      },
    },
    '/users/{id}': {
      get: {
        operationId: 'getUser',
        parameters: [inPath('id')],
        responses: { 200: ok(ref('User'), { example: { id: 'u1', name: 'Ada' } }), 404: none },
      },
      delete: { operationId: 'deleteUser', parameters: [inPath('id')], responses: { 202: none } },
    },
    '/users/{id}/posts': {
      get: {
        operationId: 'posts',
        parameters: [inPath('id'), inQuery('cursor')],
        responses: {
          200: ok(
            {
              type: 'object',
              properties: {
                items: { type: 'array', items: ref('Post') },
                next_cursor: { type: 'string' },
                count: { type: 'integer' },
              },
            },
            {
              example: {
                items: [
                  { slug: 'hello', user_id: 'u1', title: 'Hello' },
                  { slug: 'news', title: 'News' },
                ],
                next_cursor: 'abc',
                count: 2,
              },
            },
          ),
          404: none,
        },
      },
      post: {
        operationId: 'post',
        parameters: [inPath('id')],
        requestBody: {
          ...json(ref('Post'), { examples: { taken: { value: { slug: 'taken', title: 'T' } } } }),
        },
        responses: {
          201: ok(ref('Post')),
          409: ok({ type: 'object', properties: { why: { type: 'string' } } }, { example: { why: 'taken' } }),
          422: {
            description: 'no',
            content: {
              'application/json': {
                schema: { type: 'object' },
                examples: { taken: { value: { why: 'reserved' } } },
              },
            },
          },
        },
      },
    },
    '/users/{userId}/posts/{slug}': {
      get: {
        operationId: 'getPost',
        parameters: [inPath('userId'), inPath('slug')],
        responses: { 200: ok(ref('Post')), 404: none },
      },
      delete: {
        operationId: 'deletePost',
        parameters: [inPath('userId'), inPath('slug')],
        responses: { 204: none },
      },
    },
    '/status': {
      get: {
        operationId: 'status',
        responses: { 200: ok({ type: 'object', properties: { id: { type: 'integer' } } }) },
      },
    },
    '/settings/{key}': {
      get: {
        operationId: 'getSetting',
        parameters: [inPath('key')],
        responses: { 200: ok({ type: 'object', properties: { value: { type: 'string' } } }) },
      },
      put: {
        operationId: 'putSetting',
        parameters: [inPath('key')],
        requestBody: json({ type: 'object', properties: { value: { type: 'string' } } }),
        responses: { 204: none },
      },
    },
    '/reports/{id}': {
      get: {
        operationId: 'report',
        parameters: [inPath('id')],
        responses: { 200: ok({ type: 'object', properties: { id: { type: 'string' } } }) },
      },
    },
    '/reports': {
      get: {
        operationId: 'reports',
        responses: {
          200: ok({ type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } }),
        },
      },
    },
    '/teams': {
      get: { operationId: 'teams', responses: { 200: ok({ type: 'array', items: ref('User') }) } },
    },
    '/teams/{id}': {
      put: { operationId: 'joinTeam', parameters: [inPath('id')], responses: { 204: none } },
      delete: { operationId: 'leaveTeam', parameters: [inPath('id')], responses: { 204: none } },
    },
  },
  {
    User: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string' }, name: { type: 'string' } },
    },
    Post: {
      type: 'object',
      required: ['slug', 'title'],
      properties: { slug: { type: 'string' }, user_id: { type: 'string' }, title: { type: 'string' } },
    },
  },
)

/** No example at all. */
export const bare = openapi(
  {
    '/things': {
      get: { operationId: 'things', responses: { 200: ok({ type: 'array', items: ref('Thing') }) } },
      post: {
        operationId: 'addThing',
        requestBody: json(ref('Thing')),
        responses: { 201: ok(ref('Thing')) },
      },
    },
    '/things/{thing_id}': {
      get: {
        operationId: 'thing',
        parameters: [inPath('thing_id', 'integer')],
        responses: { 200: ok(ref('Thing')), 404: none },
      },
      patch: {
        operationId: 'patchThing',
        parameters: [inPath('thing_id', 'integer')],
        requestBody: json({ type: 'object', properties: { label: { type: 'string' } } }),
        responses: { 200: ok(ref('Thing')) },
      },
      delete: {
        operationId: 'deleteThing',
        parameters: [inPath('thing_id', 'integer')],
        responses: { 204: none },
      },
    },
  },
  {
    Thing: {
      type: 'object',
      required: ['id', 'label', 'size'],
      properties: {
        id: { type: 'integer' },
        label: { type: 'string', minLength: 2 },
        size: { type: 'integer', minimum: 3 },
      },
    },
  },
)
