import * as fc from 'fast-check'
import t from 'tap'
import { stringifyExact } from '../../src/operation/json.js'
import type { JournalEntry } from '../../src/steer/journal/entry.js'
import { filterEntries, mergeEntries, MOST_ENTRIES } from '../../src/ui/model/entries.js'
import { readEntries, readEntry } from '../../src/ui/model/read-entry.js'
import { eventReader, type ServerEvent } from '../../src/ui/model/server-events.js'

const entry = (id: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  session: '',
  at: '2030-01-01T00:00:00.000Z',
  operationId: 'resetPin',
  request: { method: 'POST', url: '/pins', headers: {}, bodySize: 0 },
  reply: { status: 200, headers: {}, bodySize: 0 },
  violations: [],
  steps: [],
  changes: [],
  ...more,
})

void t.test('entries come once each, the newest first, and are not kept for ever', async (t) => {
  const ids = (entries: readonly JournalEntry[]) => entries.map(({ id }) => id)
  const known = mergeEntries([], [entry(1), entry(2)])
  t.strictSame(ids(known), [2, 1])
  const again = mergeEntries(known, [entry(1, { ms: 5 }), entry(3)])
  t.strictSame(ids(again), [3, 2, 1])
  t.equal(again[2]?.ms, 5, 'told anew once it is done')
  const many = Array.from({ length: MOST_ENTRIES + 5 }, (_, index) => entry(index + 1))
  const kept = mergeEntries([], many)
  t.equal(kept.length, MOST_ENTRIES)
  t.equal(kept[0]?.id, MOST_ENTRIES + 5)
})

void t.test('entries are filtered by words and kind', async (t) => {
  const steered = { stage: 'steer', outcome: 'o1', reason: '' } as const
  const all = [
    entry(1),
    entry(2, { operationId: null }),
    entry(3, { steps: [steered] }),
    entry(4, { steps: [{ ...steered, outcome: 'none' }] }),
  ]
  for (const [text, kind, ids] of [
    ['', 'all', [1, 2, 3, 4]],
    ['', 'trouble', [2]],
    ['', 'steered', [3]],
    ['unknown PINS', 'all', [2]],
    ['500', 'all', []],
  ] as const) {
    t.strictSame(
      filterEntries(all, { text, kind }).map(({ id }) => id),
      ids,
      `${text} ${kind}`,
    )
  }
})

void t.test('documents in entries keep their digits', async (t) => {
  const change = '{"collection":"a","id":"1","before":null,"after":{"n":14.0,"big":12345678901234567890}}'
  const text = JSON.stringify(entry(7)).replace('"changes":[]', `"changes":[${change}]`)
  for (const read of [readEntry(text), ...readEntries(`{"entries":[${text}],"dropped":0}`)]) {
    t.equal(read.id, 7)
    t.equal(stringifyExact(read.changes[0]?.after), '{"n":14.0,"big":12345678901234567890}')
    t.equal(read.changes[0]?.before, null)
  }
})

void t.test('server-sent events, cut anywhere', async (t) => {
  const stream =
    ': hello\n\nid: 1\nevent: entry\ndata: {"a":\ndata: 1}\n\r\ndata:x\r\n\r\nevent: cleared\rdata: {}\r\rdata: cut'
  const read = (parts: readonly string[]) => {
    const events: ServerEvent[] = []
    const next = eventReader((event) => events.push(event))
    for (const part of parts) next(part)
    return events
  }
  const expected = [
    { event: 'entry', data: '{"a":\n1}' },
    { event: 'message', data: 'x' },
    { event: 'cleared', data: '{}' },
  ]
  t.strictSame(read([stream]), expected)
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
      const parts = at.slice(1).map((end, index) => stream.slice(at[index], end))
      t.strictSame(read(parts), expected)
    }),
    { seed: 7 },
  )
})
