import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import { createStandin } from '../../src/index.js'
import { fakeTerminal } from './terminal.js'

const response = (schema: object) => ({
  responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
})
const openapi = (paths: object): string =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths }, null, 2)

const orders = openapi({
  '/orders': {
    get: {
      operationId: 'listOrders',
      summary: 'List the orders',
      ...response({ type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } }),
    },
  },
})

/** Each with a constraint for which Pact has no matcher. */
const limits: Record<string, object> = {
  'a range': { type: 'integer', minimum: 1 },
  'a step': { type: 'number', multipleOf: 0.5 },
  'unique items': { type: 'array', uniqueItems: true, items: { type: 'string' } },
  'an object or null': { type: ['object', 'null'], properties: { a: { type: 'string' } } },
  alternatives: {
    oneOf: [
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } },
    ],
  },
  'a member required inside an optional one, beside an optional one': {
    type: 'object',
    properties: {
      in: {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string' }, b: { type: 'string' } },
      },
    },
  },
  'what is ruled out': { type: 'string', not: { const: 'x' } },
  'a number of members': { type: 'object', minProperties: 2 },
}

async function contract(t: Test, files: Record<string, string>, argv: string[]) {
  const cwd = folderFor(t, files)
  const terminal = fakeTerminal({ cwd })
  const code = await run(['contract', ...argv], terminal, (options) => createStandin({ ...options, cwd }))
  return { cwd, code, out: terminal.out(), err: terminal.err() }
}

const names = ['--consumer', 'web', '--provider', 'shop']

void t.test(
  'the contract goes to a folder or a file, else to stdout, and is the same each time',
  async (t) => {
    const bare = await contract(t, { 'shop.json': orders }, ['shop.json', ...names])
    t.equal(bare.code, 0)
    t.equal(bare.err, '2 interactions\n', 'what is told of it does not stand in it')
    t.match(JSON.parse(bare.out), {
      consumer: { name: 'web' },
      provider: { name: 'shop' },
      interactions: [
        { key: 'listOrders-200', description: 'List the orders answers 200 to the documented request' },
      ],
      metadata: { pactSpecification: { version: '4.0' } },
    })
    const places: [out: string, file: string][] = [
      ['contracts', 'contracts/web-shop.json'],
      ['contracts/', 'contracts/web-shop.json'],
      ['deep/er', 'deep/er/web-shop.json'],
      ['deep/pact.json', 'deep/pact.json'],
    ]
    for (const [out, file] of places) {
      const { cwd, ...result } = await contract(t, { 'shop.json': orders }, [
        'shop.json',
        ...names,
        '--out',
        out,
      ])
      t.strictSame(result, { code: 0, out: `${file}: 2 interactions\n`, err: '' }, out)
      t.equal(readFileSync(join(cwd, file), 'utf8'), bare.out)
    }
  },
)

void t.test('whatever Pact cannot say is listed in the output and in a comment', async (t) => {
  const paths = Object.fromEntries(
    Object.values(limits).map((schema, index) => [
      `/l${index}`,
      {
        get: {
          operationId: `limit${index}`,
          ...response({ type: 'object', required: ['m'], properties: { m: schema } }),
        },
      },
    ]),
  )
  const files = { 'shop.json': openapi(paths) }
  const { code, out, err } = await contract(t, files, ['shop.json', ...names])
  t.equal(code, 0)
  const { interactions } = JSON.parse(out)
  for (const [index, name] of Object.keys(limits).entries()) {
    const key = `limit${index}-200`
    const lines = err.split('\n').filter((line) => line.startsWith(`  ${key} `))
    t.ok(lines.length > 0, `${name} is listed`)
    const own = interactions.filter((one: { key: string }) => one.key.startsWith(`limit${index}-`))
    const comments: string = own
      .flatMap((one: { comments: { text: string[] } }) => one.comments.text)
      .join('\n')
    for (const line of lines) {
      const [, pointer = '', message = ''] = /^ {2}\S+ (\S+): (.*)$/.exec(line) ?? []
      t.ok(comments.includes(`Not asserted by Pact: ${pointer} (${message})`), `${name}: ${line}`)
    }
  }
  const json = await contract(t, files, ['shop.json', ...names, '--out', 'c', '--format', 'json'])
  const told = JSON.parse(json.out)
  t.match(told, { file: join('c', 'web-shop.json'), skipped: [] })
  t.equal(told.unsupported.length, err.split('\n').filter((line) => line.startsWith('  limit')).length)
})

void t.test('what is documented and cannot be asserted is listed, with its place', async (t) => {
  const { code, err } = await contract(
    t,
    {
      'shop.json': openapi({
        '/orders': {
          get: {
            operationId: 'listOrders',
            responses: { 200: { description: 'ok' }, 302: { description: 'gone' } },
          },
        },
      }),
    },
    ['shop.json', ...names],
  )
  t.equal(code, 0)
  t.match(err, /^Documented, but not in the contract:\n {2}shop\.json:\d+ listOrders 302: .*redirect/m)
})

void t.test('what cannot be done as asked', async (t) => {
  const empty = openapi({
    '/orders': { get: { operationId: 'listOrders', responses: { 302: { description: 'gone' } } } },
  })
  const files = { 'shop.json': orders, 'empty.json': empty, taken: 'a file' }
  const cases: [string[], RegExp][] = [
    [['shop.json', '--consumer', 'web'], /needs --provider NAME.*STANDIN_ERR_USAGE/],
    [['shop.json', '--provider', 'shop'], /needs --consumer NAME/],
    [['empty.json', ...names], /contract would be empty.*empty\.json:\d+.*STANDIN_ERR_CONTRACT_EMPTY/],
    [['nothing.json', ...names], /nothing\.json.*STANDIN_ERR_SOURCE_UNREADABLE/],
    [['shop.json', ...names, '--out', 'taken/folder'], /taken.*STANDIN_ERR_OUTPUT_UNWRITABLE/],
    [['shop.json', ...names, '--format', 'junit'], /cannot write junit/],
  ]
  for (const [argv, message] of cases) {
    const { code, out, err } = await contract(t, files, argv)
    t.equal(code, 2, argv.join(' '))
    t.equal(out, '')
    t.match(err, message)
  }
})
