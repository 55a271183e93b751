import { Type } from '@sinclair/typebox'
import t from 'tap'
import { parseExamples, withExamples } from '../../src/operation/examples-file.js'
import { operation } from '../../src/operation/build.js'

const source = { file: 'page.md', line: 1 }
const read = operation({
  operationId: 'read',
  method: 'POST',
  path: '/read',
  parameters: [],
  requestBody: { content: [{ mediaType: 'application/json', examples: [] }], source },
  responses: [
    {
      status: '200',
      headers: [],
      content: [
        { mediaType: 'application/json', schema: Type.Object({}), examples: [] },
        { mediaType: 'application/xml', examples: [] },
      ],
      source,
    },
    { status: '401', headers: [], content: [], source },
  ],
  source,
})
const entry = (value: string, more = '') =>
  `{ "mediaType": "application/json", "source": "page.md:7", "origin": "documented"${more}, "value": ${value} }`

await t.test('examples find their place, with all their digits', async (t) => {
  const repairs = ', "repairs": [{ "kind": "k", "message": "m", "source": "page.md:8" }]'
  const file = parseExamples(`{ "read": {
    "200": { "one": ${entry('{"id": 9007199254740993, "size": 14.0}')}, "two": ${entry('null', repairs)} },
    "request": { "mine": ${entry('[1]')} } } }`)
  const { requestBody, responses } = withExamples(read, file)
  const [json, xml] = responses[0]?.content ?? []
  const place = { mediaType: 'application/json', origin: 'documented', source: { file: 'page.md', line: 7 } }
  t.strictSame(json?.examples, [
    { ...place, name: 'one', text: '{"id":9007199254740993,"size":14.0}', repairs: [] },
    {
      ...place,
      name: 'two',
      text: 'null',
      repairs: [{ kind: 'k', message: 'm', source: { file: 'page.md', line: 8 } }],
    },
  ])
  t.strictSame(xml?.examples, [])
  t.strictSame(responses[1]?.content, [])
  t.match(requestBody?.content[0]?.examples, [{ name: 'mine', text: '[1]' }])
  t.strictSame(withExamples(read, {}), read, 'an operation without examples is as it was')
})

const broken: Record<string, string> = {
  'no JSON': '{',
  'a list': '[]',
  'an unknown key': `{ "read": { "2000": { "one": ${entry('1')} } } }`,
  'a place without a line': `{ "read": { "200": { "one": ${entry('1').replace(':7', '')} } } }`,
  'an unknown origin': `{ "read": { "200": { "one": ${entry('1').replace('documented', 'guessed')} } } }`,
  'a misspelt member': `{ "read": { "200": { "one": ${entry('1', ', "repair": []')} } } }`,
  'no value': `{ "read": { "200": { "one": ${entry('1').replace(/, "value".*/, ' }')} } } }`,
}
for (const [title, text] of Object.entries(broken)) {
  await t.test(`${title} is refused`, async (t) => t.throws(() => parseExamples(text)))
}
