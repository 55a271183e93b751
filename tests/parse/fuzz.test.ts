import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import t from 'tap'
import { readSource } from '../../src/parse/source.js'

/** Pieces that readers give a meaning to: what is put together of them at random is nearly a page. */
const PIECES = [
  '{% swagger method="get" path="/a/{id}" baseUrl="https://a.example" summary="x" %}',
  '{% endswagger %}',
  '{% swagger-parameter in="body" name="a.b[0]" type="List<String>" required="true" %}',
  '{% endswagger-parameter %}',
  '{% swagger-response status="200: OK" %}',
  '{% endswagger-response %}',
  '{% api-method method="post" host="x" path="/b" %}',
  '{% api-method-response-example httpCode=200 %}',
  '{% endapi-method %}',
  '{% openapi src="a.yaml" path="/c" method="get" %}',
  '{% tabs %}',
  '{% tab title="Response 404" %}',
  '{% endtab %}',
  '{% raw %}',
  '{% endraw %}',
  '<mark style="color:green;">`POST`</mark> `/d`',
  '```',
  '```json',
  '~~~',
  '{ "a": [1, 14.0, ',
  '{ // Response }',
  "{'a': “b”, c: ...}",
  '}',
  ']',
  'HTTP/1.1 200 OK',
  "curl -X PUT 'https://a.example/e' -d '{\"a\":",
  '\\--header "X: y"',
  '| Name | Type |',
  '| --- | --- |',
  '| `a` | string |',
  '<table><tr><td>',
  '</td></tr></table>',
  '<!--',
  '-->',
  '# Heading',
  '## Request',
  '**Body**',
  '---',
  '\u200B',
  '\uD800',
  '"',
  '&quot;',
  '%}',
  '{%',
]

const nearlyPages = array(
  oneof({ weight: 9, arbitrary: constantFrom(...PIECES) }, string({ maxLength: 30 })),
  {
    maxLength: 60,
  },
).chain((pieces) => constantFrom('\n', ' ', '\n\n').map((between) => pieces.join(between)))

void t.test('nothing that looks like a page crashes, and every fact has a place in it', (t) => {
  assert(
    property(nearlyPages, (text) => {
      const { operations, findings } = readSource({ path: 'a.md', text }, { read: () => undefined })
      const lines = text.split(/\r\n?|\n/).length
      const places = [
        ...findings.map(({ source }) => source),
        ...operations.flatMap(({ sources, responses, curls = [] }) => [
          ...sources,
          ...curls.map(({ source }) => source),
          ...responses.flatMap(({ content }) =>
            content.flatMap(({ examples }) => examples.map(({ source }) => source)),
          ),
        ]),
      ]
      return places.every(({ file, line }) => file === 'a.md' && line >= 1 && line <= lines)
    }),
    { seed: 20_240_301, numRuns: 1500 },
  )
  t.end()
})

void t.test('no placeholder is ever an example', (t) => {
  assert(
    property(nearlyPages, (text) => {
      const { operations } = readSource({ path: 'a.md', text }, { read: () => undefined })
      const texts = operations.flatMap(({ responses }) =>
        responses.flatMap(({ content }) =>
          content.flatMap(({ examples }) => examples.map((one) => one.text.trim())),
        ),
      )
      return !texts.some((one) => one === '{ // Response }' || one === '...' || one === '')
    }),
    { seed: 20_240_302, numRuns: 700 },
  )
  t.end()
})
