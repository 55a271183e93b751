import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { Type } from '@sinclair/typebox'
import { array, assert, property, string } from 'fast-check'
import t from 'tap'
import { curlSample } from '../../src/cli/curl-sample.js'
import { shellQuote } from '../../src/shell.js'
import type { SecurityScheme } from '../../src/operation/description.js'
import type { Operation } from '../../src/operation/operation.js'
import { description, jsonBody, operation, parameter } from './fake-standin.js'

const URL = 'http://127.0.0.1:10000'

/** The arguments that a real shell hands to curl when the text is pasted. */
function pasted(text: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${text}\n`
  const { stdout, status, stderr } = spawnSync('sh', ['-u'], { input: script, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.split('\0').slice(0, -1)
}

const sample = (given: Partial<Operation>, schemes: Record<string, SecurityScheme> = {}) =>
  curlSample({ ...description([operation(given)]), securitySchemes: schemes }, URL)

void t.test('what curl is given', async (t) => {
  const cases: [string, Partial<Operation>, string[]][] = [
    ['a plain GET', {}, [`${URL}/cups`]],
    ['HEAD', { method: 'HEAD' }, ['--head', `${URL}/cups`]],
    [
      'a body, on one line with its digits',
      { method: 'POST', requestBody: jsonBody('{\n  "size": 14.0,\n  "note": "it\'s $HOME `x` \\\\ !"\n}') },
      [
        '-X',
        'POST',
        `${URL}/cups`,
        '-H',
        'Content-Type: application/json',
        '--data-raw',
        '{"size":14.0,"note":"it\'s $HOME `x` \\\\ !"}',
      ],
    ],
    [
      'JSON under another media type',
      { method: 'GET', requestBody: jsonBody('{ "a": 1 }', 'text/plain') },
      ['-X', 'GET', `${URL}/cups`, '-H', 'Content-Type: text/plain', '--data-raw', '{"a":1}'],
    ],
    [
      'text that only begins like JSON',
      { method: 'PUT', requestBody: jsonBody('[tea]\n@home', 'text/plain') },
      ['-X', 'PUT', `${URL}/cups`, '-H', 'Content-Type: text/plain', '--data-raw', '[tea]\n@home'],
    ],
    [
      'headers that are required or shown',
      {
        parameters: [
          parameter({ in: 'header', name: 'X-A', required: true, example: 'a b' }),
          parameter({ in: 'header', name: 'X-B', example: '' }),
          parameter({ in: 'header', name: 'X-C' }),
          parameter({ in: 'header', name: 'Content-Type', required: true, example: 'x/y' }),
        ],
      },
      [`${URL}/cups`, '-H', 'X-A: a b', '-H', 'X-B;'],
    ],
    [
      'values in the address and cookies',
      {
        path: '/cups/{cup id}/{n}',
        parameters: [
          parameter({ in: 'path', name: 'cup id', example: 'a/b [1]' }),
          parameter({ in: 'path', name: 'n', schema: Type.Integer({ default: 7 }) }),
          parameter({ in: 'query', name: 'q[]', required: true, example: "1,2&'" }),
          parameter({ in: 'query', name: 'optional', example: 'x' }),
          parameter({ in: 'cookie', name: 'JSESSIONID', required: true, example: 'abc' }),
        ],
      },
      [`${URL}/cups/a%2Fb%20%5B1%5D/7?q%5B%5D=1,2%26'`, '-b', 'JSESSIONID=abc'],
    ],
  ]
  for (const [name, given, expected] of cases) {
    const text = sample(given)
    t.strictSame(pasted(text ?? ''), expected, name)
  }
})

void t.test('credentials', async (t) => {
  const cases: [SecurityScheme, string[]][] = [
    [{ type: 'apiKey', in: 'header', name: 'X-Key' }, [`${URL}/cups`, '-H', 'X-Key: sample']],
    [{ type: 'apiKey', in: 'query', name: 'key' }, [`${URL}/cups?key=sample`]],
    [{ type: 'apiKey', in: 'cookie', name: 'key' }, [`${URL}/cups`, '-b', 'key=sample']],
    [{ type: 'http', scheme: 'bearer' }, [`${URL}/cups`, '-H', 'Authorization: Bearer sample']],
    [{ type: 'http', scheme: 'basic' }, [`${URL}/cups`, '-H', 'Authorization: Basic c2FtcGxlOnNhbXBsZQ==']],
  ]
  for (const [scheme, expected] of cases) {
    t.strictSame(pasted(sample({ security: [{ it: [] }] }, { it: scheme }) ?? ''), expected)
  }
  const shown = [parameter({ in: 'header', name: 'x-key', required: true, example: 'mine' })]
  const scheme: SecurityScheme = { type: 'apiKey', in: 'header', name: 'X-Key' }
  const text = sample({ security: [{ it: [] }], parameters: shown }, { it: scheme })
  t.strictSame(pasted(text ?? ''), [`${URL}/cups`, '-H', 'x-key: mine'], 'a documented value is not doubled')
})

void t.test('an operation whose request is not shown in full is passed over', async (t) => {
  const { content, source } = jsonBody('{}')
  const bare: Partial<Operation>[] = [
    { parameters: [parameter({ in: 'header', name: 'X-A', required: true })] },
    { path: '/cups/{id}', parameters: [parameter({ in: 'path', name: 'id' })] },
    { parameters: [parameter({ in: 'header', name: 'X-A', required: true, example: 'a\nb' })] },
    { requestBody: { required: true, content: [], source } },
    { requestBody: jsonBody('--x', 'multipart/form-data; boundary=x') },
    { requestBody: { content: content.map(({ mediaType }) => ({ mediaType, examples: [] })), source } },
    { security: [{ unknown: [] }] },
  ]
  for (const given of bare) t.equal(sample(given), undefined, JSON.stringify(given))
  const both = description([...bare.map((given) => operation(given)), operation({ path: '/plain' })])
  t.equal(curlSample(both, URL), `curl ${URL}/plain`)
})

void t.test('shellQuote: a shell reads back any text', async (t) => {
  assert(
    property(
      array(
        string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        { maxLength: 20 },
      ),
      (words) => {
        t.strictSame(pasted(`curl ${words.map(shellQuote).join(' ')}`), words.length > 0 ? words : [''])
      },
    ),
    { numRuns: 25 },
  )
})

void t.test('the real curl sends what was shown', async (t) => {
  if (spawnSync('curl', ['--version']).error !== undefined) return t.comment('curl is not installed')
  const server = createServer((request, response) => {
    const { method, url, headers } = request
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { 'x-a': a, 'x-b': b, 'content-type': type, cookie } = headers
      response.end(JSON.stringify({ method, url, a, b, type, cookie, body }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const text = curlSample(
    description([
      operation({
        method: 'PATCH',
        path: '/cups/{id}',
        parameters: [
          parameter({ in: 'path', name: 'id', example: '{1}' }),
          parameter({ in: 'header', name: 'X-A', required: true, example: "it's" }),
          parameter({ in: 'header', name: 'X-B', required: true, example: '' }),
          parameter({ in: 'cookie', name: 'c', required: true, example: 'd' }),
        ],
        requestBody: jsonBody('{ "pin": "0001" }', 'text/plain'),
      }),
    ]),
    `http://127.0.0.1:${port}`,
  )
  const { stdout } = await promisify(execFile)('sh', ['-c', text ?? ''])
  t.strictSame(JSON.parse(stdout), {
    method: 'PATCH',
    url: '/cups/%7B1%7D',
    a: "it's",
    b: '',
    type: 'text/plain',
    cookie: 'c=d',
    body: '{"pin":"0001"}',
  })
})
