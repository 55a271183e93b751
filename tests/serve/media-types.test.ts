import t from 'tap'
import { folderFor } from '../folder.js'
import { examplesOf } from '../../src/operation/examples-file.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'
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
  const folder = folderFor(t, {
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

void t.test('an XML API without a line of XML in its description', async (t) => {
  const Pet = {
    type: 'object',
    xml: { name: 'pet' },
    required: ['id', 'name'],
    properties: {
      id: { type: 'integer', xml: { attribute: true } },
      name: { type: 'string' },
      tags: { type: 'array', items: { type: 'string', xml: { name: 'tag' } }, xml: { wrapped: true } },
    },
  }
  const schema = { $ref: '#/components/schemas/Pet' }
  const app = await appFor(
    t,
    {
      '/pets': {
        post: {
          requestBody: { required: true, content: { 'application/xml': { schema } } },
          responses: {
            200: {
              description: 'x',
              content: { 'application/xml': { schema, example: { id: 7, name: 'Rex', tags: ['a', 'b'] } } },
            },
          },
        },
        get: { responses: { 200: { description: 'x', content: { 'application/xml': { schema } } } } },
      },
    },
    {},
    { components: { schemas: { Pet } } },
  )
  await loadRareMediaTypes(['application/xml'])
  const send = (payload: string) =>
    app.inject({ method: 'POST', url: '/pets', headers: { 'content-type': 'application/xml' }, payload })
  const shown =
    '<?xml version="1.0" encoding="UTF-8"?>\n<pet id="7"><name>Rex</name><tags><tag>a</tag><tag>b</tag></tags></pet>'
  const reply = await send(shown)
  t.equal(reply.body, shown)
  t.match(reply.headers, {
    'content-type': 'application/xml',
    'standin-example': /^200\/default; documented/,
  })
  t.match((await send('<pet id="x"><tags/></pet>')).json(), {
    violations: [
      { in: 'body', pointer: '/name', keyword: 'required' },
      { in: 'body', pointer: '/id', keyword: 'type' },
    ],
  })
  t.match((await send('<cat/>')).json(), { status: 422, detail: /root element pet/ })
  t.equal((await send('<pet')).statusCode, 400)
  t.match((await app.inject('/pets')).body, /^<\?xml[^>]*>\n<pet id="\d+"><name>/)
})
