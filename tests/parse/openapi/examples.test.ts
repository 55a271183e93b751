import t from 'tap'
import { readFiles } from './helper.js'

const example = (mediaType: string, example: string, type = 'object'): string[] | undefined =>
  readFiles({
    'a.yaml': `openapi: 3.0.0
paths: { /a: { get: { responses: { 200: { content: { "${mediaType}": { schema: { type: ${type} }, example: ${example} } } } } } } }
`,
  }).operations[0]?.responses[0]?.content[0]?.examples.map(({ text }) => text)

void t.test('the form of an example follows its media type and schema', (t) => {
  t.strictSame(example('application/json', `'{"a": 1.0}'`), ['{"a": 1.0}'])
  t.strictSame(example('application/json', `'{"a": 1.0}'`, 'string'), ['"{\\"a\\": 1.0}"'])
  t.strictSame(example('application/vnd.a+json', '{ a: 1.0 }'), ['{"a":1.0}'])
  t.strictSame(example('application/xml', '<a>1</a>'), ['<a>1</a>'])
  t.strictSame(example('application/xml', '{ a: 1 }'), [], 'its form is not known')
  t.strictSame(example('text/plain', '14.0'), ['14.0'])
  t.strictSame(example('image/*', 'bytes'), ['bytes'])
  t.strictSame(example('*/*', 'null'), ['null'])
  t.end()
})
