import t from 'tap'
import { examplesOf } from '../../src/operation/examples-file.js'
import { createStandin } from '../../src/standin.js'
import { appFor, describedBy } from './app-for.js'

const paths = {
  '/a': {
    get: {
      operationId: 'a',
      responses: {
        200: {
          description: 'x',
          content: {
            'application/json': { examples: { one: { value: { j: 1 } } } },
            'application/xml': { examples: { one: { value: '<j>1</j>' } } },
          },
        },
      },
    },
  },
}

void t.test('two media types may show examples of one name, and each is replayed as its own', async (t) => {
  const folder = t.testdir({
    'api.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths }),
  })
  const standin = await createStandin({ sources: ['api.json'], cwd: folder, logger: false })
  t.teardown(() => standin.close())
  const read = async (accept: string) => (await standin.inject({ url: '/a', headers: { accept } })).body
  t.equal(await read('application/json'), '{"j":1}')
  t.equal(await read('application/xml'), '<j>1</j>')
  await standin.examples.set('a', '200', 'one', { value: { j: 2 } })
  t.strictSame(JSON.parse(await read('application/json')), { j: 2 })
  t.equal(await read('application/xml'), '<j>1</j>', 'the other is left as it was')
  await standin.examples.set('a', '200', 'one (application/xml)', { text: '<j>3</j>' })
  t.equal(await read('application/xml'), '<j>3</j>')
})

void t.test('the first keeps its name as its key, the other has its media type in it', async (t) => {
  const { a } = examplesOf(describedBy(paths).operations)
  t.strictSame(Object.keys(a?.['200'] ?? {}), ['one', 'one (application/xml)'])
  t.match(a?.['200']?.['one (application/xml)'], { name: 'one', mediaType: 'application/xml' })
})

const plainText = {
  get: () => ({ text: 'plain', mediaType: 'text/plain', edited: true }),
  onChange: () => {},
}

void t.test('an example that was stored in another media type is sent as what it is', async (t) => {
  const app = await appFor(t, paths, { examples: plainText })
  const reply = await app.inject('/a')
  t.equal(reply.body, 'plain')
  t.equal(reply.headers['content-type'], 'text/plain; charset=utf-8')
})

void t.test('text is read in the charset that it names', async (t) => {
  const schema = { type: 'string', const: 'é' }
  const app = await appFor(t, {
    '/t': {
      post: {
        requestBody: { content: { 'text/plain': { schema } } },
        responses: { 204: { description: 'x' } },
      },
    },
  })
  const cases: [string, Buffer][] = [
    ['text/plain', Buffer.from('é')],
    ['text/plain; charset=utf-8', Buffer.from('é')],
    ['text/plain; charset=UTF8', Buffer.from('é')],
    ['text/plain; charset=iso-8859-1', Buffer.from('é', 'latin1')],
    ['text/plain;charset="utf-16le"', Buffer.from('é', 'utf16le')],
  ]
  for (const [type, payload] of cases) {
    const reply = await app.inject({ method: 'POST', url: '/t', payload, headers: { 'content-type': type } })
    t.equal(reply.statusCode, 204, `${type}: ${reply.body}`)
  }
})
