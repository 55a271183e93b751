import t from 'tap'
import { appFor } from './app-for.js'

const paths = {
  '/a': {
    get: {
      responses: {
        200: {
          description: 'x',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['id'],
                properties: { id: { type: 'integer', minimum: 1000 } },
              },
              examples: { one: { value: { id: 1 } }, two: { value: { id: 2 } } },
            },
          },
        },
      },
    },
  },
}
const bodies = async (app: Awaited<ReturnType<typeof appFor>>, prefer?: string) => {
  const ask = async () =>
    (await app.inject({ url: '/a', headers: { ...(prefer !== undefined && { prefer }) } })).body
  return [await ask(), await ask(), await ask()]
}

void t.test('dynamic makes each body anew, unless the request prefers an example', async (t) => {
  const app = await appFor(t, paths, { dynamic: true })
  const made = await bodies(app)
  t.ok(new Set(made).size > 1, made.join())
  for (const body of made) t.match(body, /^\{"id":-?\d{4,}\}$/)
  t.strictSame(new Set(await bodies(app, 'dynamic=false')), new Set(['{"id":1}']))
  t.strictSame(new Set(await bodies(app, 'example=two')), new Set(['{"id":2}']))
  t.strictSame(await bodies(await appFor(t, paths, { dynamic: true })), made, 'the same for the same seed')
})

void t.test('examples that are to be ignored are, and the made body stays the same', async (t) => {
  const app = await appFor(t, paths, { ignoreExamples: true })
  const made = new Set(await bodies(app))
  t.equal(made.size, 1)
  t.match([...made][0] ?? '', /^\{"id":\d{4,}\}$/)
  const named = await app.inject({ url: '/a', headers: { prefer: 'example=one' } })
  t.equal(named.statusCode, 404)
})
