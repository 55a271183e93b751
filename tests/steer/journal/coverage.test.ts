import t from 'tap'
import { coverage } from '../../../src/steer/journal/coverage.js'
import { coverageText } from '../../../src/steer/journal/coverage-text.js'
import { examplesOf, isNamedBy } from '../../../src/steer/journal/told-example.js'
import { call, type CallOptions, description, journals, okay } from './helper.js'
import { formatSource } from '../../../src/operation/source.js'

const headerOf = (operationId: string, status: string): string => {
  const operation = description.operations.find((one) => one.operationId === operationId)
  const found = operation && examplesOf(operation).find((one) => one.status === status)
  if (!found) throw new Error(`${operationId} ${status}`)
  return `${status}/${found.example.name}; documented; ${formatSource(found.example.source)}`
}
const own = { kind: 'own-reply', text: 'x' } as const
const replied = (operationId: string, status: string, code = Number(status)): CallOptions => ({
  operationId,
  reply: { status: code, headers: { ...okay.headers, 'standin-example': headerOf(operationId, status) } },
})
const violations = [
  { in: 'query' as const, name: 'n', pointer: '', keyword: 'type', message: 'must be integer' },
]
const planned = (more: object) =>
  ({ planned: { overrideId: 'o', reason: '', step: {}, delay: 0, fault: undefined, ...more } }) as never

const all = journals({ entries: 2 })
const journal = all.open()
for (const options of [
  replied('getCup', '200'),
  replied('getCup', '200'),
  { operationId: 'getCup', reply: { status: 503, headers: {} } },
  {
    operationId: 'getCup',
    reply: { status: 422, headers: {}, notes: [own] },
    more: { rejection: { code: 'request-breaks-description', violations } },
  },
  // An answer of Standin's own is not the documented one of the same status.
  { operationId: 'getCup', reply: { status: 404, headers: {}, notes: [own] } },
  // Nobody got this one.
  { ...replied('getCup', '404'), more: planned({ fault: 'connection-reset' }) },
  // A body from outside is no example.
  { ...replied('setPin', '200'), more: planned({ step: { body: {} } }) },
  replied('setPin', 'default', 500),
  { method: 'DELETE', url: '/cups/7?x=1', reply: { status: 405, reason: 'not with DELETE' } },
  { method: 'DELETE', url: '/cups/7', reply: { status: 405, reason: 'not with DELETE' } },
  { method: 'OPTIONS', url: '/cups/7', reply: { status: 204 } },
] as CallOptions[]) {
  journal.record(call(options))
}

void t.test('operations, statuses and examples, called and not', async (t) => {
  const found = coverage(description, all.tally)
  t.strictSame(found.operations, { covered: 2, total: 3, percent: 66.7 })
  t.strictSame(found.responses, { covered: 4, total: 6, percent: 66.7 })
  t.strictSame(found.examples, { covered: 2, total: 4, percent: 50 })
  const [getCup] = found.byOperation
  t.match(getCup, {
    operationId: 'getCup',
    calls: 6,
    responses: [
      { status: '200', times: 2, examples: [{ mediaType: 'application/json', times: 2 }] },
      { status: '404', times: 0, examples: [{ times: 0 }] },
      { status: '5XX', times: 1, examples: [] },
    ],
    undocumented: [
      { status: 404, times: 1 },
      { status: 422, times: 1 },
    ],
    violations: [{ violation: 'query n must be integer', times: 1 }],
  })
  t.strictSame(found.unknown, [{ method: 'DELETE', path: '/cups/7', times: 2, reason: 'not with DELETE' }])
  t.equal(journal.size, 2, 'though the calls themselves are not kept any more')
})

void t.test('as a table', async (t) => {
  const table = coverageText(coverage({ ...description, title: 'Cups' }, all.tally))
  t.equal(
    table.replaceAll(/\(api\.json:\d+\)/g, '(api.json:1)'),
    `Coverage of Cups: 2 of 3 operations (66.7 %), 4 of 6 replies (66.7 %), 2 of 4 examples (50 %)

calls  operation                           replies
    6  GET /cups/{id}                      200 ×2, 5XX ×1, 404 ×1 (not documented), 422 ×1 (not documented); never 404
    0  PUT /cups/{id}                      never called (api.json:1)
    2  POST /accounts/{account}/pin/{pin}  200 ×1, default ×1

Requests that broke the docs:
1  getCup  query n must be integer

Called, but not documented:
2  DELETE /cups/7  not with DELETE
`,
  )
})

void t.test('of one session, until its journal is cleared', async (t) => {
  t.equal(coverage(description, journal.tally).operations.covered, 2)
  journal.clear()
  t.equal(coverage(description, journal.tally).operations.covered, 0)
  t.equal(coverage(description, all.tally).operations.covered, 2)
})

void t.test('nothing documented is covered in full', async (t) => {
  const { operations } = coverage({ ...description, operations: [] }, all.tally)
  t.strictSame(operations, { covered: 0, total: 0, percent: 100 })
})

void t.test('what clients make up is bounded', async (t) => {
  const all = journals({ entries: 1 })
  const journal = all.open()
  for (let index = 0; index < 3000; index++) {
    journal.record(call({ url: `/made-up/${index}`, reply: { status: 404 } }))
    journal.record(
      call({
        operationId: 'getCup',
        more: {
          rejection: { code: 'malformed-body', violations: [{ ...violations[0], name: String(index) }] },
        } as never,
      }),
    )
  }
  t.equal(all.tally.unknown.total, 3000)
  t.equal(all.tally.unknown.list().length, 1000)
  t.equal(journal.tally.unknown.list().length, 100)
  t.equal(all.tally.operations.get('getCup')?.violations.size, 50)
})

void t.test('examples whose names begin alike are told apart', async (t) => {
  const [first] = examplesOf(description.operations[0] as never)
  if (!first) throw new Error('no example')
  const header = headerOf('getCup', '200')
  t.equal(isNamedBy(first, header), true)
  t.equal(
    isNamedBy({ ...first, example: { ...first.example, name: first.example.name.slice(1) } }, header),
    false,
  )
  t.equal(isNamedBy(first, header.replace('200/', '201/')), false)
})
