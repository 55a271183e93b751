import t from 'tap'
import { likenessOf, type ReplicaAbout, summaries, written } from '../../../src/serve/control/replica-list.js'
import { standinFor } from '../helper.js'

const about: ReplicaAbout = {
  standin: '1.0.0',
  title: 'Cups',
  description: 'a'.repeat(64),
  operations: 3,
  host: 'one',
  pid: 7,
  started: '2026-01-02T03:04:05.000Z',
}
const replica = (id: string, more: Partial<ReplicaAbout> = {}) => ({
  id,
  about: written({ ...about, ...more }),
})

void t.test('replicas that serve the same, and those that do not', (t) => {
  const cases: [string, Parameters<typeof summaries>[0], boolean, RegExp | undefined][] = [
    ['one', [replica('a')], true, undefined],
    [
      'two of a kind',
      [replica('a'), replica('b', { host: 'two', pid: 9, started: 'later' })],
      true,
      undefined,
    ],
    ['one that has not said', [replica('a'), { id: 'b', about: {} }], true, undefined],
    [
      'other docs',
      [replica('a'), replica('b', { description: 'b'.repeat(64), operations: 4 }), replica('c')],
      false,
      /^The 3 replicas do not serve the same: 2 serve Cups \(a{12}, 3 operations, Standin 1\.0\.0\); 1 serves Cups \(b{12}, 4 operations/,
    ],
    ['another Standin', [replica('a'), replica('b', { standin: '1.1.0' })], false, /Standin 1\.1\.0\)$/],
  ]
  for (const [name, list, alike, reason] of cases) {
    const found = likenessOf(summaries(list))
    t.equal(found.count, list.length, name)
    t.equal(found.alike, alike, name)
    if (reason) t.match(found.reason, reason, name)
    else t.equal(found.reason, undefined, name)
  }
  t.end()
})

void t.test('what a replica says of itself comes back as it was', (t) => {
  t.strictSame(summaries([replica('a'), { id: 'b', about: {} }]), [
    { id: 'a', self: true, about },
    { id: 'b', self: false },
  ])
  t.end()
})

void t.test('where nothing is shared, the one that answers is alone', async (t) => {
  const standin = await standinFor(t)
  const list = (await standin.inject('/_standin/v1/replicas')).json()
  t.match(list, {
    count: 1,
    alike: true,
    replicas: [{ self: true, about: { pid: process.pid, operations: 6 } }],
  })
  const described = (await standin.inject('/_standin/v1/')).json()
  t.equal(list.replicas[0].about.description, described.description)
  t.equal(described.replicas, undefined)
  t.equal((await standin.inject('/_standin/health')).json().replicas, undefined)
})
