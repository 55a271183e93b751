import t from 'tap'
import { appFor, describedBy, showing } from '../../serve/app-for.js'
import { openApiDocument } from '../../../src/serve/openapi.js'
import { readValue } from './helper.js'

const get = (parameters: object[]) => ({
  get: { operationId: 'find', parameters, responses: { 200: showing(1) } },
})
const whole = (content: object, more: object = {}) => ({ in: 'querystring', name: 'all', content, ...more })
const form = (schema: object, more: object = {}) => ({
  'application/x-www-form-urlencoded': { schema, ...more },
})
const filter = {
  type: 'object',
  required: ['q'],
  properties: {
    q: { type: 'string', minLength: 2, description: 'What is looked for' },
    tags: { type: 'array', items: { type: 'string' } },
    ids: { type: 'array', items: { type: 'integer' } },
    near: { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] },
  },
}
const paths = {
  '/form': get([
    whole(
      form(filter, { encoding: { ids: { style: 'pipeDelimited', explode: false } }, example: { q: 'cup' } }),
      {
        required: true,
      },
    ),
  ]),
  '/either': get([
    whole(
      form({
        oneOf: [
          { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
          { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
        ],
      }),
      { required: true },
    ),
  ]),
  '/json': get([
    whole(
      { 'application/json': { schema: filter, examples: { one: { dataValue: { q: 'mug' } } } } },
      { required: true },
    ),
  ]),
  '/path': get([whole({ 'application/jsonpath': { schema: { type: 'string', pattern: '^\\$' } } })]),
}

void t.test('a whole query is checked by what it is written in', async (t) => {
  const app = await appFor(t, paths)
  const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))
  const cases: [url: string, status: number, violation?: object][] = [
    ['/form?q=cup&tags=a&tags=b&ids=1%7C2&near=%7B%22x%22%3A1%7D', 200],
    ['/form?tags=a', 422, { in: 'query', name: 'q', keyword: 'required' }],
    ['/form?q=a', 422, { in: 'query', name: 'q', keyword: 'minLength' }],
    ['/form?q=cup&ids=1%7Cx', 422, { name: 'ids', pointer: '/1', keyword: 'type' }],
    ['/form?q=cup&near=%7B%7D', 422, { name: 'near', pointer: '/x' }],
    ['/either?a=1', 200],
    ['/either?b=1', 200],
    ['/either?a=x', 422, { name: 'all' }],
    ['/either', 422, { name: 'all', keyword: 'required' }],
    [`/json?${json({ q: 'mug' })}`, 200],
    [`/json?${json({ q: 'm' })}`, 422, { name: 'all', pointer: '/q', keyword: 'minLength' }],
    ['/json?q=mug', 422, { name: 'all', keyword: 'syntax' }],
    ['/json', 422, { name: 'all', keyword: 'required' }],
    ['/path', 200],
    ['/path?%24.a', 200],
    ['/path?a', 422, { name: 'all', keyword: 'pattern' }],
  ]
  for (const [url, status, violation] of cases) {
    const reply = await app.inject(url)
    t.equal(reply.statusCode, status, url)
    if (violation) t.match(reply.json(), { violations: [violation] }, url)
  }
})

void t.test('a form is read as query parameters, which every other part knows', async (t) => {
  const [find] = describedBy(paths).operations
  t.match(find?.parameters, [
    { in: 'query', name: 'q', required: true, description: 'What is looked for', example: 'cup' },
    { in: 'query', name: 'tags', required: false },
    { in: 'query', name: 'ids', style: 'pipeDelimited', explode: false },
    { in: 'query', name: 'near', mediaType: 'application/json' },
  ])
  const emitted = JSON.parse(await openApiDocument(describedBy({ '/json': paths['/json'] })))
  t.match(emitted.paths['/json'].get.parameters[0], {
    in: 'query',
    'x-in': 'querystring',
    content: { 'application/json': {} },
  })
})

void t.test('what cannot be meant is said', async (t) => {
  const { operations, findings } = readValue({
    openapi: '3.2.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a': get([whole(form(filter)), { in: 'query', name: 'q' }]),
      '/b': { get: { parameters: [{ in: 'querystring', name: 'x', schema: {} }], responses: {} } },
    },
  })
  t.match(findings, [
    {
      rule: 'invalid-parameter',
      message: /"q" is left out: a parameter in "querystring" stands for the whole/,
    },
    { rule: 'invalid-parameter', message: /needs "content"/ },
  ])
  t.strictSame(
    operations.map(({ parameters }) => parameters.map(({ name }) => name)),
    [['q', 'tags', 'ids', 'near'], []],
  )
})
