import t from 'tap'
import { readStatus } from '../../../src/parse/gitbook/statuses.js'

const cases: [string, ReturnType<typeof readStatus>][] = [
  ['200', { status: '200' }],
  ['200: OK', { status: '200', description: 'OK' }],
  [' 404 - Not Found ', { status: '404', description: 'Not Found' }],
  ['HTTP/1.1 201 Created', { status: '201', description: 'Created' }],
  ["Status code: '200'", { status: '200' }],
  ['4xx', { status: '4XX' }],
  ['default', { status: 'default' }],
  ['0000', { code: '0000' }],
  ['2001', { code: '2001' }],
  ['600', { code: '600' }],
  ['ONB200', { code: 'ONB200' }],
  ['', {}],
]

for (const [text, expected] of cases) {
  void t.test(`status ${JSON.stringify(text)}`, (t) => {
    t.strictSame(readStatus(text), expected)
    t.end()
  })
}
