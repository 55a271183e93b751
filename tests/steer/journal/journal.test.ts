import * as fc from 'fast-check'
import t from 'tap'
import type { Journal } from '../../../src/steer/journal/journal.js'
import type { Trail } from '../../../src/steer/trail.js'
import { call, journals, okay } from './helper.js'

const idsOf = (journal: Journal): number[] => journal.list().map(({ id }) => id)

void t.test('a journal keeps the newest calls, and counts what it has dropped', async (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(
        fc.oneof(
          { weight: 20, arbitrary: fc.constant('call') },
          { weight: 1, arbitrary: fc.constant('clear') },
        ),
        {
          maxLength: 200,
        },
      ),
      (entries, steps) => {
        const journal = journals({ entries }).open()
        let model: number[] = []
        let dropped = 0
        let id = 0
        for (const step of steps) {
          if (step === 'clear') {
            journal.clear()
            model = []
            dropped = 0
            continue
          }
          journal.record(call())
          model.push(++id)
          if (model.length > entries) {
            model.shift()
            dropped++
          }
        }
        const sum = journal.list().reduce((total, { bytes }) => total + bytes, 0)
        return (
          idsOf(journal).join() === model.join() &&
          journal.size === model.length &&
          journal.dropped === dropped &&
          journal.bytes === sum &&
          (model.length === 0 || journal.get(model[0] ?? 0)?.id === model[0]) &&
          journal.get(id + 1) === undefined
        )
      },
    ),
    { seed: 7 },
  )
  t.pass()
})

void t.test('all sessions together keep to the bound, and who holds little loses nothing', async (t) => {
  const bytes = 40_000
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 3000 })), { maxLength: 300 }),
      (calls) => {
        const all = journals({ entries: 50, bytes })
        const sessions = Array.from({ length: 5 }, () => all.open())
        let most = 0
        for (const [session, size] of calls) {
          sessions[session]?.record(call({ body: 'x'.repeat(size) }))
          most = Math.max(most, all.bytes)
        }
        const sum = sessions.reduce((total, journal) => total + journal.bytes, 0)
        // A fifth of what is left after room was made is everybody's.
        const share = (bytes - bytes / 8) / 5
        const small = sessions.filter((journal, index) => {
          const sent = calls.filter(([session]) => session === index)
          const total = sent.reduce((sum, [, size]) => sum + size + 600, 0)
          return total < share && sent.length <= 50 && journal.dropped > 0
        })
        return most <= bytes && sum === all.bytes && small.length === 0
      },
    ),
    { seed: 7 },
  )
  t.pass()
})

void t.test('a call that is larger than all may be is not kept, and the journal goes on', async (t) => {
  const all = journals({ bytes: 2000, longestBody: 10_000 })
  const journal = all.open()
  journal.record(call({ body: 'x'.repeat(5000) }))
  t.strictSame([journal.size, journal.dropped, all.bytes], [0, 1, 0])
  journal.record(call())
  t.strictSame(idsOf(journal), [2])
})

void t.test('ids go on over all sessions and after a clear', async (t) => {
  const all = journals()
  const [one, other] = [all.open(), all.open()]
  one.record(call())
  other.record(call())
  one.clear()
  one.record(call())
  t.strictSame([idsOf(one), idsOf(other), all.lastId], [[3], [2], 3])
})

void t.test('bodies are cut, by copy, and what was cut is known', async (t) => {
  const journal = journals({ longestBody: 8 }).open()
  const keep = (trail: Trail): Trail => {
    journal.record(trail)
    return trail
  }
  const text = keep(call({ body: 'é'.repeat(8) + 'x' }))
  t.equal(text.input.body, 'é'.repeat(8))
  t.strictSame(text.cut, { request: 17 })
  const bytes = keep(call({ body: new TextEncoder().encode('€€€€') }))
  t.equal(
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes.input.body ?? '')),
    '€€',
    'not within a character',
  )
  t.strictSame(bytes.cut, { request: 12 })
  const whole = keep(call({ body: '12345678' }))
  t.strictSame([whole.input.body, whole.cut], ['12345678', undefined])

  const long = { ...okay, body: 'r'.repeat(1000) }
  const first = keep(call({ more: { reply: long } }))
  const second = keep(call({ more: { reply: long } }))
  t.equal(first.reply?.body, 'r'.repeat(8))
  t.equal(first.reply, second.reply, 'what many calls share is cut once')
  t.strictSame(second.cut, { reply: 1000 })
  t.ok(first.bytes > second.bytes, 'and counted once')
  t.equal(long.body.length, 1000, 'what is sent is whole')
  const both = keep(call({ body: 'x'.repeat(9), more: { reply: long } }))
  t.strictSame(both.cut, { reply: 1000, request: 9 })
})

void t.test('headers and changes are counted', async (t) => {
  const journal = journals().open()
  const plain = call()
  const headed = call({ headers: { 'x-long': 'x'.repeat(10_000) } })
  const changed = call({
    more: {
      changes: [
        { collection: 'a', id: 'b', before: null, after: { text: 'x'.repeat(10_000), list: [1, 2] } },
      ],
    },
  })
  for (const trail of [plain, headed, changed]) journal.record(trail)
  t.ok(headed.bytes - plain.bytes > 10_000)
  t.ok(changed.bytes - plain.bytes > 10_000)
})

void t.test('a listener is told of each call, of its end and of a clear, until it stops', async (t) => {
  const journal = journals().open()
  const told: string[] = []
  const stop = journal.watch({
    arrived: ({ id }) => told.push(`arrived ${id}`),
    ended: ({ id, ended }) => told.push(`ended ${id} ${typeof ended}`),
    cleared: () => told.push('cleared'),
  })
  const trail = call()
  journal.record(trail)
  journal.ended(trail)
  journal.clear()
  stop()
  journal.record(call())
  t.strictSame(told, ['arrived 1', 'ended 1 number', 'cleared'])
})

void t.test('a thousand sessions hold no more memory than they may together', async (t) => {
  const all = journals({ entries: 1000, bytes: 4 * 1024 * 1024 })
  const sessions = Array.from({ length: 1000 }, () => all.open())
  for (let round = 0; round < 20; round++) {
    for (const session of sessions) session.record(call({ body: 'x'.repeat(1000) }))
  }
  t.ok(all.bytes <= 4 * 1024 * 1024)
  const sizes = sessions.map(({ size }) => size)
  t.ok(Math.min(...sizes) >= 1, 'each has some')
  t.ok(Math.max(...sizes) - Math.min(...sizes) <= 2, 'and none much more than another')
  for (const session of sessions) session.clear()
  t.equal(all.bytes, 0)
})
