import * as fc from 'fast-check'
import t from 'tap'
import { readSource } from '../../src/parse/source.js'

const none = { read: (): undefined => undefined }
const read = (text: string) => readSource({ path: 'page.md', text }, none)

/** Pieces that pages are made of, whole and broken. */
const piece = fc.oneof(
  fc.constantFrom(
    '{% swagger method="get" path="/a/{b}" baseUrl="https://x.example" summary="A" %}\n',
    '{% swagger method="post" path="/c baseUrl="/d" %}',
    '{% endswagger %}\n',
    '{% swagger-parameter in="body" name="n" required=truetype="string" %}\n',
    '{% endswagger-parameter %}\n',
    '{% swagger-response status="200: OK" description="" %}\n',
    '{% endswagger-response %}\n',
    '{% api-method method="get" host="{{h}}" path="/x/:y" %}\n',
    '{% api-method-request %}{% api-method-parameter name="a\\_b" %}',
    '{% endapi-method %}\n',
    '{% openapi src="a.yaml" path="/p" method="get" %}\n',
    '{% tabs %}\n{% tab title="Response" %}\n',
    '{% endtab %}\n{% endtabs %}\n',
    '{% raw %}',
    '{% endraw %}',
    '```json\n',
    '```\n',
    '{ "a": 1 }\n',
    '{ // Response }\n',
    "curl -X POST 'https://x.example/a/1' -d '{\"n\": 1}'\n",
    '<mark style="color:green;">`POST`</mark> `/m/<id>`\n\n',
    '| Name | Type |\n| - | - |\n| n | string |\n',
    '<table><tr><td>Code</td></tr>',
    '<pre><code>',
    '</code></pre>',
    '## Response\n\n',
    '# Other\n\n',
    '- item\n',
    '> quote\n',
    '\n',
    '<!--',
    '-->',
    '%}',
    '{%',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const pages = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

void t.test('no page makes the reader fail, and every place lies on the page', (t) => {
  fc.assert(
    fc.property(pages, (text) => {
      const lines = text.split(/\r\n?|\n/).length
      const { operations, findings } = read(text)
      const places = [
        ...findings.map(({ source }) => source),
        ...operations.flatMap((one) => [
          ...one.sources,
          ...one.parameters.map(({ source }) => source),
          ...one.responses.flatMap(({ source, content }) => [
            source,
            ...content.flatMap(({ examples }) => examples.map((example) => example.source)),
          ]),
        ]),
      ]
      return places.every(({ file, line }) => file === 'page.md' && line >= 1 && line <= lines)
    }),
    { numRuns: 300, seed: 7 },
  )
  t.end()
})

void t.test('ids are unique, paths begin with a slash, and placeholders are no examples', (t) => {
  fc.assert(
    fc.property(pages, (text) => {
      const { operations } = read(text)
      const ids = new Set(operations.map(({ operationId }) => operationId))
      return (
        ids.size === operations.length &&
        operations.every(
          ({ path, responses }) =>
            path.startsWith('/') &&
            !path.includes('?') &&
            responses.every(({ content }) =>
              content.every(({ examples }) =>
                examples.every((example) => !example.text.includes('// Response')),
              ),
            ),
        )
      )
    }),
    { numRuns: 300, seed: 7 },
  )
  t.end()
})

const block = fc.record({
  method: fc.constantFrom('get', 'post', 'put', 'delete', 'patch'),
  name: fc.stringMatching(/^[a-z]{3,8}$/),
  dialect: fc.constantFrom('swagger', 'api-method', 'mark'),
})

void t.test('every block gives its operation, however many stand on a page', (t) => {
  fc.assert(
    fc.property(fc.uniqueArray(block, { selector: ({ name }) => name, maxLength: 12 }), (blocks) => {
      const texts = blocks.map(({ method, name, dialect }) => {
        if (dialect === 'swagger')
          return `## ${name}\n\n{% swagger method="${method}" path="/${name}/:id" baseUrl="" %}\n{% endswagger %}\n`
        if (dialect === 'mark')
          return `## ${name}\n\n<mark>${method.toUpperCase()}</mark> \`/${name}/{id}\`\n`
        return `## ${name}\n\n{% api-method method="${method}" host="" path="/${name}/<id>" %}\n{% endapi-method %}\n`
      })
      const { operations } = read(texts.join('\n'))
      const found = operations.map(({ method, path, source }) => `${method} ${path} ${source.line}`)
      let line = 3
      const wanted = blocks.map(({ method, name }, i) => {
        const place = `${method.toUpperCase()} /${name}/{id} ${line}`
        line += (texts[i] ?? '').split('\n').length
        return place
      })
      return JSON.stringify(found) === JSON.stringify(wanted)
    }),
    { numRuns: 100, seed: 7 },
  )
  t.end()
})

const alone = (text: string): string[] => read(text).operations.map(({ method, path }) => `${method} ${path}`)

void t.test('pages one after the other say what they say alone', (t) => {
  fc.assert(
    fc.property(block, block, (one, other) => {
      const page = ({ method, name }: typeof one): string =>
        `# ${name}\n\n{% swagger method="${method}" path="/${name}" baseUrl="" %}\n{% endswagger %}\n\n\`\`\`json\n{"${name}": 1}\n\`\`\`\n`
      const joined = read(`${page(one)}\n${page(other)}`).operations.map(
        ({ method, path }) => `${method} ${path}`,
      )
      return (
        JSON.stringify(joined) === JSON.stringify([...new Set([...alone(page(one)), ...alone(page(other))])])
      )
    }),
    { numRuns: 100, seed: 7 },
  )
  t.end()
})
