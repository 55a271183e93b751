import t from 'tap'
import { readSources } from '../../src/parse/source.js'
import type { SourceFile } from '../../src/parse/source.js'

const page = (path: string, block: string): SourceFile => ({ path, text: block })
const none = { read: (): undefined => undefined }

const first = page(
  'a.md',
  `# Show user

{% swagger method="get" path="/users/:id" baseUrl="https://a.example" summary="" %}
{% swagger-parameter in="query" name="full" required="true" %}
{% endswagger-parameter %}
{% swagger-parameter in="header" name="X-Key" required="true" %}
{% endswagger-parameter %}
{% swagger-response status="200" %}
\`\`\`
{ "id": 1, }
\`\`\`
{% endswagger-response %}
{% swagger-response status="404" %}
\`\`\`
{ // Response }
\`\`\`
{% endswagger-response %}
{% endswagger %}
`,
)
const second = page(
  'b.md',
  `# Show user

{% swagger method="get" path="/users/{userId}" baseUrl="https://a.example" summary="" %}
{% swagger-parameter in="header" name="x-key" required="true" %}
Secret
{% endswagger-parameter %}
{% swagger-response status="200" %}
\`\`\`
{ "id": 2 }
\`\`\`
{% endswagger-response %}
{% swagger-response status="404" %}
\`\`\`
{ "error": "none" }
\`\`\`
{% endswagger-response %}
{% endswagger %}
`,
)

void t.test('one operation in two pages is one route with what both say', (t) => {
  const { operations, findings } = readSources([first, second], none)
  t.equal(operations.length, 1)
  const [operation] = operations
  t.equal(operation?.path, '/users/{id}')
  t.equal(operation?.operationId, 'showUser')
  t.strictSame(operation?.sources, [
    { file: 'a.md', line: 3 },
    { file: 'b.md', line: 3 },
  ])
  t.strictSame(
    operation?.parameters.map(({ in: place, name, required, description }) => [
      place,
      name,
      required,
      description,
    ]),
    [
      ['query', 'full', false, undefined],
      ['header', 'X-Key', true, 'Secret'],
      ['path', 'id', true, undefined],
    ],
  )
  t.strictSame(
    operation?.responses[0]?.content[0]?.examples.map(({ origin, source }) => `${origin} ${source.file}`),
    ['documented b.md', 'repaired a.md'],
    'strict before repaired',
  )
  t.equal(new Set(operation?.responses[0]?.content[0]?.examples.map(({ name }) => name)).size, 2)
  t.equal(operation?.responses[1]?.undocumentedBody, undefined, 'the other page shows the body')
  t.match(
    findings.filter(({ rule }) => rule === 'operation-documented-twice'),
    [
      {
        message: /GET \/users\/\{userId\} is documented at a\.md:3 and at b\.md:3/,
        source: { file: 'b.md', line: 3 },
      },
    ],
  )
  t.end()
})

const ids = (files: SourceFile[]): string[] =>
  readSources(files, none).operations.map((one) => one.operationId)

void t.test('ids are unique and stable', (t) => {
  const other = page('c.md', second.text.replace('/users/{userId}', '/people'))
  t.strictSame(ids([first, other]), ['showUser', 'getPeople'])
  t.strictSame(ids([first, second, other]), ['showUser', 'getPeople'])
  t.end()
})

void t.test('the variant of a curl command gives way to the operation that is documented', (t) => {
  const curl = "\n```\ncurl -X POST 'https://a.example/people'\n```\n"
  const drifting = page('a.md', `${first.text}${curl}`)
  const keys = (files: SourceFile[]): string[] =>
    readSources(files, none).operations.map(({ method, path }) => `${method} ${path}`)
  t.strictSame(keys([drifting]), ['GET /users/{id}', 'POST /people', 'POST /users/{id}', 'GET /people'])
  const people = page('c.md', second.text.replace('/users/{userId}', '/people').replace('"get"', '"post"'))
  const read = readSources([drifting, people], none).operations.find(
    ({ path, method }) => path === '/people' && method === 'POST',
  )
  t.strictSame(read?.sources, [{ file: 'c.md', line: 3 }])
  t.end()
})

void t.test('a base path may be changed by source', (t) => {
  const { operations } = readSources([first], none, {
    pathOf: (path, file) => `/${file.replace('.md', '')}${path}`,
  })
  t.equal(operations[0]?.path, '/a/users/{id}')
  t.end()
})

void t.test('a source that cannot be read is a finding, and the rest is served', (t) => {
  const { operations, findings } = readSources([first, page('broken.json', '{"openapi": "3.0.0",')], none)
  t.equal(operations.length, 1)
  t.match(findings.at(-1), { rule: 'source-unreadable', severity: 'error', source: { file: 'broken.json' } })
  t.end()
})
