import t from 'tap'
import type { OperationSummary } from '../../src/ui/api/shapes.js'
import { documentedChoices, describeOverride } from '../../src/ui/model/choices.js'
import { filterOperations, groupByPage } from '../../src/ui/model/groups.js'

const operation = (operationId: string, more: Partial<OperationSummary>): OperationSummary => ({
  operationId,
  method: 'GET',
  path: `/${operationId}`,
  sources: ['docs/a.md:1'],
  statuses: [],
  examples: [],
  next: { override: null, conditional: false, status: 200, example: null },
  ...more,
})
const all = [
  operation('z', { sources: ['docs/b.md:3'] }),
  operation('y', { method: 'POST', path: '/pins/{id}', summary: 'Reset a PIN' }),
  operation('x', { path: '/pins/{id}' }),
  operation('w', { path: '/accounts' }),
]

void t.test('operations by page and path, methods in the order of the docs', async (t) => {
  t.strictSame(
    groupByPage(all).map(({ page, operations }) => [page, operations.map((one) => one.operationId)]),
    [
      ['docs/a.md', ['w', 'y', 'x']],
      ['docs/b.md', ['z']],
    ],
  )
})

void t.test('a filter finds operations by every word', async (t) => {
  for (const [filter, found] of [
    ['', ['z', 'y', 'x', 'w']],
    ['  ', ['z', 'y', 'x', 'w']],
    ['PIN reset', ['y']],
    ['b.md', ['z']],
    ['get /pins', ['x']],
    ['nothing', []],
  ] as const) {
    t.strictSame(
      filterOperations(all, filter).map(({ operationId }) => operationId),
      found,
      `'${filter}'`,
    )
  }
})

void t.test('a choice for each example, and for each status without one', async (t) => {
  const example = (status: string, name: string) => ({
    status,
    name,
    mediaType: 'application/json',
    origin: 'documented',
    source: 'a:1',
  })
  const choices = documentedChoices(
    operation('a', {
      statuses: ['100', '200', '404', '5XX', 'default'],
      examples: [
        example('200', 'small'),
        example('200', 'large'),
        example('404', 'gone'),
        example('404', 'gone'),
      ],
    }),
  )
  t.strictSame(
    choices.map(({ label, hint, step }) => [label, hint, step]),
    [
      ['200', 'small', { status: 200, example: 'small' }],
      ['200', 'large', { status: 200, example: 'large' }],
      ['404', 'gone', { status: 404 }],
      ['5XX', 'no body documented', { status: 500 }],
      ['default', 'no body documented', { status: 500 }],
    ],
  )
})

void t.test('an override in a line', async (t) => {
  for (const [override, line] of [
    [{ status: 401, times: 1 }, '401, once'],
    [{ fault: 'connection-reset' }, 'connection reset, until stopped'],
    [{ fault: { type: 'slow-drip', overMs: 10 }, times: 3 }, 'slow drip, 3 times'],
    [{ delay: { min: 1, max: 2 }, example: 'big' }, 'example big, after 1 to 2 ms, until stopped'],
    [
      { delay: { median: 80, sigma: 1 }, probability: 0.5 },
      'after about 80 ms, with probability 0.5, until stopped',
    ],
    [
      { sequence: [{ status: 500 }, {}], when: { valid: true } },
      '2 replies in turn, for requests that match a condition, until stopped',
    ],
    [{ body: null, delay: 5 }, 'a body of its own, after 5 ms, until stopped'],
  ] as const) {
    t.equal(
      describeOverride(structuredClone<Parameters<typeof describeOverride>[0]>(override as never)),
      line,
    )
  }
})
