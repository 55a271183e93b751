import t from 'tap'
import { appFor, showing } from './app-for.js'

const schema = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } }
const pathsOf = (example: unknown) => ({
  '/users/{userId}': {
    get: {
      operationId: 'getUser',
      responses: {
        200: { description: 'x', content: { 'application/json': { schema, example } } },
      },
    },
  },
})
const stored = (text: string) => ({
  get: () => ({ text, mediaType: 'application/json', edited: true }),
  onChange: () => {},
})

void t.test('the example that is replayed shows the identifiers of the path', async (t) => {
  const app = await appFor(t, pathsOf({ id: 7, name: 'Ada' }), { echo: true })
  const reply = await app.inject('/users/8')
  t.strictSame(reply.json(), { id: 8, name: 'Ada' })
})

void t.test('an edited example is echoed as it was edited', async (t) => {
  const app = await appFor(t, pathsOf({ id: 7, name: 'Ada' }), {
    echo: true,
    examples: stored('{"id":7,"name":"Grace"}'),
  })
  t.strictSame((await app.inject('/users/8')).json(), { id: 8, name: 'Grace' })
})

void t.test('a reply that is refused by --errors stays a problem', async (t) => {
  const app = await appFor(t, pathsOf({ id: 7, name: 5 }), { echo: true, errors: true })
  const reply = await app.inject('/users/8')
  t.equal(reply.statusCode, 500)
  t.match(reply.json(), { code: 'reply-breaks-description' })
})

void t.test('without the option the example is replayed as it is', async (t) => {
  const app = await appFor(t, pathsOf({ id: 7, name: 'Ada' }))
  t.strictSame((await app.inject('/users/8')).json(), { id: 7, name: 'Ada' })
  t.strictSame((await app.inject({ url: '/users/8', method: 'HEAD' })).body, '')
})

void t.test('echo leaves replies without such members alone', async (t) => {
  const app = await appFor(t, { '/u/{id}': { get: { responses: { 200: showing(['x']) } } } }, { echo: true })
  t.strictSame((await app.inject('/u/8')).json(), ['x'])
})
