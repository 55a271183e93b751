import t from 'tap'
import type { JournalMatch, Times } from '../../../src/steer/journal/match.js'
import { query } from '../../../src/steer/journal/query.js'
import { verify } from '../../../src/steer/journal/verify.js'
import { call, journals } from './helper.js'

const all = journals()
const journal = all.open()
const { teller } = all
const put = { method: 'PUT', operationId: 'putCup', url: '/cups/7?tag=a', reply: { status: 204 } }
for (const trail of [
  call({ operationId: 'getCup' }),
  call({ ...put, body: '{"size":1}', headers: { 'content-type': 'application/json' } }),
  call({ ...put, body: '{"size":2}', headers: { 'content-type': 'application/json' } }),
  call({ method: 'PUT', url: '/cup/7', reply: { status: 404 } }),
  call({
    operationId: 'getCup',
    url: '/cups/a%20b',
    more: { rejection: { code: 'malformed-body', violations: [] } },
  }),
  call({
    operationId: 'getCup',
    more: {
      planned: { overrideId: 'o1', reason: 'override o1', step: {}, delay: 0, fault: 'connection-reset' },
    } as never,
  }),
]) {
  journal.record(trail)
}

void t.test('which calls are meant', async (t) => {
  const cases: readonly (readonly [name: string, match: JournalMatch, ids: readonly number[]])[] = [
    ['all', {}, [1, 2, 3, 4, 5, 6]],
    ['by operation', { operationId: 'putCup' }, [2, 3]],
    ['by method in any case', { method: 'put' }, [2, 3, 4]],
    ['by path without the query', { path: '/cups/7' }, [1, 2, 3, 6]],
    ['by status, which a reset has not', { status: 200 }, [1, 5]],
    ['undocumented', { documented: false }, [4]],
    ['documented', { documented: true }, [1, 2, 3, 5, 6]],
    ['later ones', { after: 4 }, [5, 6]],
    ['by body', { when: { body: { '/size': 2 } } }, [3]],
    ['by a path parameter, decoded', { when: { path: { id: 'a b' } } }, [5]],
    ['by query', { when: { query: { tag: 'a' } } }, [2, 3]],
    ['what breaks the docs', { when: { valid: false } }, [5]],
    [
      'all together',
      { operationId: 'putCup', method: 'PUT', when: { body: { '/size': { present: true } } }, after: 2 },
      [3],
    ],
  ]
  for (const [name, match, ids] of cases) {
    t.strictSame(verify(journal, match, undefined, teller).matched, ids, name)
  }
})

void t.test('a query is of the newest or the oldest, and no more than asked for', async (t) => {
  const ids = (asked: Parameters<typeof query>[1]): number[] =>
    query(journal, asked, teller).map(({ id }) => id)
  t.strictSame(ids({}), [6, 5, 4, 3, 2, 1])
  t.strictSame(ids({ order: 'oldest', limit: 2 }), [1, 2])
  t.strictSame(ids({ method: 'PUT', limit: 2 }), [4, 3])
})

void t.test('how often', async (t) => {
  const cases: readonly (readonly [Times | undefined, boolean, string])[] = [
    [undefined, true, 'Expected at least 1 call of putCup; there were 2.'],
    [2, true, 'Expected exactly 2 calls of putCup; there were 2.'],
    [1, false, 'Expected exactly 1 call of putCup; there were 2.'],
    [0, false, 'Expected no call of putCup; there were 2.'],
    [{ atLeast: 3 }, false, 'Expected at least 3 calls of putCup; there were 2.'],
    [{ atMost: 2 }, true, 'Expected at most 2 calls of putCup; there were 2.'],
    [{ atMost: 1 }, false, 'Expected at most 1 call of putCup; there were 2.'],
    [{ atLeast: 1, atMost: 3 }, true, 'Expected 1 to 3 calls of putCup; there were 2.'],
    [{}, true, 'Expected at least 0 calls of putCup; there were 2.'],
  ]
  for (const [times, verified, message] of cases) {
    const found = verify(journal, { operationId: 'putCup' }, times, teller)
    t.strictSame([found.verified, found.message, found.count], [verified, message, 2])
  }
})

void t.test('the sentence names all that was asked for, but no secret', async (t) => {
  const { message } = verify(
    journal,
    {
      method: 'put',
      path: '/cups/7',
      status: 204,
      documented: true,
      after: 9,
      when: {
        headers: { 'X-API-TOKEN': 'abc', accept: { present: true }, te: { present: false } },
        query: { tag: { contains: 'a' } },
        path: { id: { matches: '^7$' } },
        body: { '/size': { equals: [1] } },
        valid: true,
      },
    },
    3,
    teller,
  )
  t.equal(
    message,
    'Expected exactly 3 calls of PUT /cups/7 with status 204 and a documented operation and header X-API-TOKEN [redacted] and header accept present and header te absent and query tag containing "a" and path id matching /^7$/ and body /size [1] and nothing that breaks the docs and an id after 9; there were 0.',
  )
})

void t.test('the closest misses, the nearest first, with what differs', async (t) => {
  const closest = (match: JournalMatch): [number, readonly string[]][] =>
    verify(journal, match, undefined, teller).closest.map(({ entry, differs }) => [entry.id, differs])
  t.strictSame(closest({ operationId: 'putCup', when: { body: { '/size': 3 } } }), [
    [3, ['body /size is 2, expected 3']],
    [2, ['body /size is 1, expected 3']],
    // Of the others, one whose path is most like the operation's; the newer of two.
    [6, ['the operation is getCup, expected putCup', 'body /size is absent, expected 3']],
  ])
  t.strictSame(closest({ path: '/cups/8', method: 'GET' })[0], [6, ['the path is /cups/7, expected /cups/8']])
  t.strictSame(closest({ operationId: 'getCup', status: 500, documented: false })[2], [
    1,
    ['the status is 200, expected 500', 'a documented operation took it'],
  ])
  t.strictSame(closest({ operationId: 'getCup', status: 500 })[0], [6, ['it had no reply']])
  t.strictSame(closest({ after: 6 }).length, 3)
  const tooMany = verify(journal, { operationId: 'putCup' }, 1, teller)
  t.strictSame([tooMany.matched, tooMany.closest], [[2, 3], []], 'none where there were too many')
})

void t.test('calls that were dropped are told of', async (t) => {
  const small = journals({ entries: 1 })
  const journal = small.open()
  for (let index = 0; index < 3; index++) journal.record(call({ operationId: 'getCup' }))
  const { message, dropped } = verify(journal, { operationId: 'getCup' }, 3, small.teller)
  t.equal(message, 'Expected exactly 3 calls of getCup; there was 1 (2 earlier calls are not kept any more).')
  t.equal(dropped, 2)
})

void t.test('a body that was cut cannot be compared, and is never taken for one that is meant', async (t) => {
  const short = journals({ longestBody: 10 })
  const journal = short.open()
  journal.record(call({ operationId: 'putCup', body: '{"size":1,"more":"....."}' }))
  const found = verify(journal, { when: { body: { '/other': { present: false } } } }, 1, short.teller)
  t.strictSame(found.closest[0]?.differs, [
    'only the beginning of its body (25 bytes) is kept, so it cannot be compared',
  ])
  t.equal(verify(journal, { operationId: 'putCup' }, 1, short.teller).verified, true)
})
