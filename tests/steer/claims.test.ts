import t from 'tap'
import type { Claims } from '../../src/steer/claims.js'
import type { Override } from '../../src/steer/override.js'
import { Overrides } from '../../src/steer/overrides.js'
import { PendingUses } from '../../src/steer/pending-uses.js'
import { prepareOverride } from '../../src/steer/prepared-override.js'

const INPUT = { method: 'GET', url: '/', headers: {}, body: undefined }
const CALL = { operationId: 'ping', input: INPUT, path: {}, valid: true }

/** Overrides, the first of all before the others, whose uses a test counts. */
async function overridesOf(claims: Partial<Claims>, ...all: readonly Override[]): Promise<Overrides> {
  const asked: Claims = { use: async () => 0, meet: async () => 0, count: () => {}, ...claims }
  let keys = 0
  const overrides = new Overrides({ claims: asked, newKey: () => `k${++keys}` })
  for (const one of all.toReversed()) overrides.add(await prepareOverride(one))
  return overrides
}

void t.test('what nothing depends on is taken at once, and said to be used', async (t) => {
  const counted: string[] = []
  const overrides = await overridesOf({ count: (key) => void counted.push(key) }, { status: 500 })
  t.match(overrides.take(CALL), { overrideId: 'o1', step: { status: 500 } })
  t.strictSame(counted, ['k1'])
})

void t.test('what others have used up goes to the next, and is not asked for again', async (t) => {
  const asked: [string, number][] = []
  const use: Claims['use'] = async (key, most) => {
    asked.push([key, most])
    return key === 'k2' ? undefined : 4
  }
  const overrides = await overridesOf(
    { use },
    { status: 501, times: 3 },
    { sequence: [{ status: 502 }, { status: 503 }], afterSequence: 'repeat' },
  )
  t.match(await overrides.take(CALL), { overrideId: 'o1', step: { status: 502 }, reason: /call 5 of/ })
  t.match(await overrides.take(CALL), { overrideId: 'o1' })
  t.strictSame(asked, [
    ['k2', 3],
    ['k1', Infinity],
    ['k1', Infinity],
  ])
  t.match(overrides.list(), [
    { used: 3, spent: true },
    { used: 5, spent: false },
  ])
})

void t.test('chance with a seed goes by the place that is claimed', async (t) => {
  let place = 0
  const seeded: Override = { status: 500, probability: 0.5, seed: 'a' }
  const shared = await overridesOf({ meet: async () => place }, seeded)
  const alone = new Overrides()
  alone.add(await prepareOverride(seeded))
  for (; place < 50; place++) {
    t.equal((await shared.take(CALL))?.overrideId, (await alone.take(CALL))?.overrideId, String(place))
  }
  const gone = await overridesOf({ meet: async () => undefined }, seeded, { status: 501 })
  t.match(await gone.take(CALL), { step: { status: 501 } }, 'what was removed meanwhile is not taken')
})

void t.test('where it cannot be claimed, the call is told', async (t) => {
  const away = async (): Promise<never> => Promise.reject(new Error('away'))
  const overrides = await overridesOf({ use: away }, { status: 500, times: 1 })
  await t.rejects(Promise.resolve(overrides.take(CALL)), { message: 'away' })
})

void t.test('uses that cannot be written are kept, and written once', async (t) => {
  const written: unknown[] = []
  let away = true
  const pending = new PendingUses({
    count: async (session, uses) => {
      if (away) throw new Error('away')
      written.push([session, [...uses]])
    },
  })
  pending.add('a', 'k1')
  pending.add('a', 'k1')
  await t.rejects(pending.flush(), { message: 'away' })
  away = false
  pending.add('a', 'k2')
  pending.add('b', 'k1')
  await Promise.all([pending.flush(), pending.flush()])
  t.strictSame(written, [
    [
      'a',
      [
        ['k1', 2],
        ['k2', 1],
      ],
    ],
    ['b', [['k1', 1]]],
  ])
})
