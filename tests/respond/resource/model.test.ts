import * as fc from 'fast-check'
import t from 'tap'
import { generate } from '../../../src/respond/generate.js'
import { isMap as isRecord } from '../../../src/respond/resource/scalar.js'
import { schema } from '../schemas.js'
import { apiFor } from './helper.js'
import { inPath, json, none, ok, openapi, petstore } from './shop.js'

const name = fc.string({ minLength: 1, maxLength: 5 })
const tag = fc.constantFrom('dog', 'cat', 'bird')
const pet = fc.record(
  { name, tag, age: fc.oneof(fc.nat(30), fc.double({ noNaN: true, noDefaultInfinity: true })) },
  { requiredKeys: ['name'] },
)
const which = fc.nat(12)
const command = fc.oneof(
  fc.record({ do: fc.constant('create' as const), pet }),
  fc.record({ do: fc.constant('replace' as const), which, pet }),
  fc.record({ do: fc.constant('patch' as const), which, tag: fc.option(tag), name }),
  fc.record({ do: fc.constant('add' as const), which, tag }),
  fc.record({ do: fc.constant('delete' as const), which }),
  fc.record({ do: fc.constant('read' as const), which }),
  fc.record({ do: fc.constant('list' as const), tag: fc.option(tag) }),
  fc.record({ do: fc.constant('reset' as const) }),
)
type Pet = Record<string, unknown>

/** What the resource is to be: a map and the last number that was given. */
class Model {
  pets = new Map<number, Pet>()
  last = 8
  constructor() {
    this.reset()
  }
  reset(): void {
    this.last = 8
    this.pets = new Map<number, Pet>([
      [7, { name: 'Rex', tag: 'dog', age: 4 }],
      [8, { name: 'Mia', tag: 'cat' }],
    ])
  }
  list(tag: string | null): Pet[] {
    const all = [...this.pets].toSorted(([a], [b]) => a - b).map(([id, one]): Pet => ({ id, ...one }))
    return tag === null ? all : all.filter((one) => one['tag'] === tag)
  }
}

/** Without what the server adds. */
const plain = (body: unknown): unknown => {
  if (Array.isArray(body)) return body.map(plain)
  const { createdAt: _, updatedAt: __, ...rest } = isRecord(body) ? body : {}
  return rest
}

void t.test('a resource is a map', async (t) => {
  const { ask, standin } = await apiFor(t, petstore)
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
      await standin.reset()
      const model = new Model()
      for (const one of commands) {
        const id = 'which' in one ? one.which : 0
        const url = `/api/v1/pets/${id}`
        const known = model.pets.get(id)
        const wanted: { status: number; body?: unknown } = { status: known ? 200 : 404 }
        let reply
        if (one.do === 'reset') {
          await standin.reset()
          model.reset()
          continue
        } else if (one.do === 'create') {
          reply = await ask('POST /api/v1/pets', one.pet)
          model.last++
          model.pets.set(model.last, one.pet)
          Object.assign(wanted, { status: 201, body: { id: model.last, ...one.pet } })
        } else if (one.do === 'list') {
          reply = await ask(`GET /api/v1/pets${one.tag === null ? '' : `?tag=${one.tag}`}`)
          Object.assign(wanted, { status: 200, body: model.list(one.tag) })
        } else if (one.do === 'read') {
          reply = await ask(`GET ${url}`)
        } else if (one.do === 'delete') {
          reply = await ask(`DELETE ${url}`)
          model.pets.delete(id)
          if (known) wanted.status = 204
        } else if (one.do === 'replace') {
          reply = await ask(`PUT ${url}`, one.pet)
          if (known) model.pets.set(id, one.pet)
        } else if (one.do === 'patch') {
          reply = await ask(
            `PATCH ${url}`,
            { name: one.name, tag: one.tag },
            { 'content-type': 'application/merge-patch+json' },
          )
          const { tag: _, ...rest } = known ?? {}
          if (known)
            model.pets.set(id, { ...rest, name: one.name, ...(one.tag !== null && { tag: one.tag }) })
        } else {
          reply = await ask(`PATCH ${url}`, [{ op: 'add', path: '/tag', value: one.tag }], {
            'content-type': 'application/json-patch+json',
          })
          if (known) model.pets.set(id, { ...known, tag: one.tag })
        }
        if (wanted.status === 200 && one.do !== 'list') wanted.body = { id, ...model.pets.get(id) }
        const same =
          reply.status === wanted.status &&
          (wanted.body === undefined ||
            JSON.stringify(sorted(plain(reply.body))) === JSON.stringify(sorted(wanted.body)))
        if (!same)
          throw new Error(
            `${JSON.stringify(one)}: ${JSON.stringify(reply.body)} for ${JSON.stringify(wanted)}`,
          )
      }
    }),
    { seed: 7, numRuns: 25 },
  )
})

/** With members in the order of their names. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}

void t.test('replies of the state are valid, or say that they are not', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('a', 'b', 'name', 'createdAt', 'url', 'secret'), schema, {
        minKeys: 1,
        maxKeys: 5,
      }),
      fc.boolean(),
      fc.constantFrom({ type: 'integer' }, { type: 'string' }, { type: 'string', format: 'uuid' }),
      async (properties, isRequired, id) => {
        const item = {
          type: 'object',
          properties: { id: { ...id, readOnly: true }, ...properties },
          required: ['id', ...(isRequired ? Object.keys(properties) : [])],
        }
        const document = openapi({
          '/things': {
            get: {
              operationId: 'list',
              responses: {
                200: ok({
                  type: 'object',
                  properties: { items: { type: 'array', items: item }, total: { type: 'integer' } },
                }),
              },
            },
            post: { operationId: 'add', requestBody: json(item), responses: { 201: ok(item) } },
          },
          '/things/{id}': {
            get: {
              operationId: 'get',
              parameters: [inPath('id', id.type)],
              responses: { 200: ok(item), 404: none },
            },
            delete: { operationId: 'delete', parameters: [inPath('id', id.type)], responses: { 204: none } },
          },
        })
        const { ask, standin } = await apiFor(t, document)
        const [resource] = standin.resources
        if (resource?.operations.length !== 4) throw new Error('not recognised')
        const { value } = generate(item, { resolve: () => undefined, direction: 'request', seed: 3 })
        const made = await ask('POST /things', value)
        if (made.status === 422) return
        const text = String(Reflect.get(Object(made.body), 'id'))
        const read = await ask(`GET /things/${text}`)
        if (made.status !== 201 || read.status !== 200) throw new Error(`${made.status} ${read.status}`)
        if (JSON.stringify(made.body) !== JSON.stringify(read.body))
          throw new Error('read is not what was made')
        const listed = await ask('GET /things')
        if (!JSON.stringify(listed.body).includes(JSON.stringify(read.body)))
          throw new Error('not in the list')
        await ask(`DELETE /things/${text}`)
        if ((await ask(`GET /things/${text}`)).status !== 404) throw new Error('not deleted')
        await standin.close()
      },
    ),
    { seed: 7, numRuns: 15 },
  )
})
