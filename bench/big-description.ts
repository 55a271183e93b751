const json = (schema: object, example?: object) => ({
  'application/json': { schema, ...(example && { example }) },
})

const Owner = {
  type: 'object',
  required: ['login'],
  properties: { login: { type: 'string' }, email: { type: 'string', format: 'email' } },
}

/** A schema of its own for each resource, as descriptions have them. */
const thing = (index: number) => ({
  type: 'object',
  required: ['name', 'amount'],
  properties: {
    name: { type: 'string', minLength: 1 },
    amount: { type: 'integer', minimum: 0, maximum: 1000 + index },
    tags: { type: 'array', items: { type: 'string' } },
    owner: { $ref: '#/components/schemas/Owner' },
  },
})

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }
const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }
const shown = { name: 'first', amount: 14, tags: ['new'], owner: { login: 'ada' } }

/** An OpenAPI 3.0 description with so many operations, four a resource, as JSON text. */
export function bigDescription(operations: number): string {
  const paths: Record<string, Record<string, object>> = {}
  for (let count = 0; count < operations; count++) {
    const index = Math.floor(count / 4)
    const ok = { description: 'Done', content: json(thing(index), shown) }
    const list = { description: 'All', content: json({ type: 'array', items: thing(index) }, [shown]) }
    const made: [path: string, method: string, operation: object][] = [
      [`/things-${index}`, 'get', { parameters: [limit], responses: { 200: list } }],
      [`/things-${index}`, 'post', { requestBody: { content: json(thing(index)) }, responses: { 201: ok } }],
      [
        `/things-${index}/{id}`,
        'get',
        { parameters: [id], responses: { 200: ok, 404: { description: '' } } },
      ],
      [`/things-${index}/{id}`, 'delete', { parameters: [id], responses: { 204: { description: 'Gone' } } }],
    ]
    const [path, method, operation] = made[count % 4] ?? ['/', 'get', {}]
    ;(paths[path] ??= {})[method] = { operationId: `${method}${count}`, ...operation }
  }
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: `${operations} operations`, version: '1' },
    paths,
    components: { schemas: { Owner } },
  })
}

/** The path of the last resource. */
export const lastThings = (operations: number): string => `/things-${Math.floor((operations - 1) / 4)}`
