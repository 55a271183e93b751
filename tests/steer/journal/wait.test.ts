import t from 'tap'
import { PatternBudget } from '../../../src/steer/bounded-regexp.js'
import { Feed } from '../../../src/steer/journal/feed.js'
import type { Journal, JournalListener } from '../../../src/steer/journal/journal.js'
import { waitFor } from '../../../src/steer/journal/wait.js'
import { call, journals } from './helper.js'

/** How many listen to a journal. */
function counted(journal: Journal): { listeners: number } {
  const count = { listeners: 0 }
  const watch = journal.watch.bind(journal)
  journal.watch = (listener: JournalListener) => {
    count.listeners++
    const stop = watch(listener)
    return () => {
      count.listeners--
      stop()
    }
  }
  return count
}

void t.test('a wait listens for as long as somebody waits', async (t) => {
  const all = journals()
  const journal = all.open()
  const count = counted(journal)
  const wait = (times: number, timeout: number, signal = new AbortController().signal) =>
    waitFor(journal, {
      match: { method: 'GET' },
      times,
      timeout,
      teller: () => all.teller,
      patterns: new PatternBudget('/match/when'),
      signal,
    })

  t.strictSame(await wait(1, 0), [], 'the time is over')
  t.equal(count.listeners, 0)

  const coming = wait(2, 600_000)
  t.equal(count.listeners, 1)
  journal.record(call())
  journal.record(call({ method: 'PUT' }))
  journal.record(call())
  t.strictSame(
    (await coming).map(({ id }) => id),
    [1, 3],
  )
  t.equal(count.listeners, 0)

  t.strictSame((await wait(2, 600_000)).length, 2, 'at once where they are there')

  const leaving = new AbortController()
  const left = wait(9, 600_000, leaving.signal)
  leaving.abort()
  t.equal((await left).length, 2)
  t.equal(count.listeners, 0)
  t.equal((await wait(9, 600_000, leaving.signal)).length, 2, 'nobody to wait for')

  const cleared = wait(3, 600_000)
  journal.clear()
  for (let index = 0; index < 3; index++) journal.record(call())
  t.strictSame(
    (await cleared).map(({ id }) => id),
    [4, 5, 6],
    'what was cleared counts no more',
  )
})

void t.test('a feed tells of a call once when it is done by the end of the turn', async (t) => {
  const journal = journals().open()
  const count = counted(journal)
  const told: string[] = []
  const turn = (): Promise<void> => new Promise((go) => setImmediate(() => setImmediate(go)))
  journal.record(call())
  const feed = new Feed(journal, {
    after: 0,
    most: 100,
    reader: {
      call: ({ id, ended }) => told.push(`${id} ${ended === undefined ? 'under way' : 'done'}`) > 0,
      cleared: () => told.push('cleared'),
      lost: () => told.push('lost'),
      closed: () => told.push('closed'),
    },
  })
  const quick = call()
  journal.record(quick)
  journal.ended(quick)
  await turn()
  const slow = call()
  journal.record(slow)
  await turn()
  journal.ended(slow)
  await turn()
  journal.record(call())
  journal.clear()
  await turn()
  t.strictSame(told, ['1 under way', '2 done', '3 under way', '3 done', 'cleared'])
  journal.record(call())
  feed.stop()
  await turn()
  t.equal(told.length, 5)
  t.equal(count.listeners, 0)
})

void t.test('a reader that takes no more is told later, of what is still kept, or is lost', async (t) => {
  const journal = journals({ entries: 3 }).open()
  const told: string[] = []
  const turn = (): Promise<void> => new Promise((go) => setImmediate(() => setImmediate(go)))
  const feed = new Feed(journal, {
    after: undefined,
    most: 3,
    reader: {
      call: ({ id }) => {
        told.push(String(id))
        return false
      },
      cleared: () => {},
      lost: () => told.push('lost'),
      closed: () => told.push('closed'),
    },
  })
  for (let index = 0; index < 3; index++) journal.record(call())
  await turn()
  t.strictSame(told, ['1'])
  feed.resume()
  await turn()
  t.strictSame(told, ['1', '2'])
  journal.record(call())
  journal.record(call())
  journal.record(call())
  t.strictSame(told, ['1', '2', 'lost'], 'four wait, and three are kept')
  feed.resume()
  await turn()
  t.strictSame(told, ['1', '2', 'lost', '4'], 'what is not kept is passed over')
  feed.stop()
})
