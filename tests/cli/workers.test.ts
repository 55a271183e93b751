import t from 'tap'
import { options as known, type Options } from '../../src/cli/options.js'
import { Gathering } from '../../src/cli/workers/gathering.js'
import { planWorkers, workerOptions } from '../../src/cli/workers/plan.js'
import { Replacement } from '../../src/cli/workers/replacement.js'
import { counter, gauge } from '../../src/serve/metrics/family.js'
import { commands } from '../../src/cli/commands.js'
import { resolveOptions } from '../../src/cli/resolve.js'

async function optionsWith(t: { testdir(): string }, more: Partial<Options>): Promise<Options> {
  const serve = commands.get('serve')
  if (!serve) throw new Error('No command serve')
  return { ...(await resolveOptions(serve, new Map(), {}, t.testdir())), ...more }
}

void t.test('how many serve together, and what they share', async (t) => {
  const url = 'redis://localhost'
  for (const [name, more, plan] of [
    ['one by default', {}, undefined],
    ['one, with any store', { workers: 1, controlPort: 1 }, undefined],
    ['stateless', { workers: 3, stateless: true }, { count: 3, alone: true }],
    ['auto', { workers: 'auto', stateless: true }, { count: 8, alone: true }],
    ['Redis', { workers: 2, store: url, controlPort: 1, unknown: 'fail' }, { count: 2, alone: false }],
    ['Redis and stateless', { workers: 2, store: url, stateless: true }, { count: 2, alone: false }],
    ['passing on', { workers: 2, stateless: true, unknown: 'http://localhost:1' }, { count: 2, alone: true }],
    ['without a journal', { workers: 2, stateless: true, journal: 0 }, { count: 2, alone: true }],
  ] satisfies [string, Partial<Options>, object | undefined][]) {
    t.strictSame(planWorkers(await optionsWith(t, more), 8), plan, name)
  }
})

void t.test('what cannot be is refused with the reason', async (t) => {
  for (const [more, message] of [
    [{ workers: 2 }, /--workers needs --stateless, .*with the store \.standin each worker/],
    [{ workers: 'auto' }, /with the store \.standin/],
    [{ workers: 2, store: 'memory' }, /with the store memory/],
    [
      { workers: 2, stateless: true, controlPort: 1 },
      /^--control-port cannot be used with --workers: .*share nothing/,
    ],
    [{ workers: 2, stateless: true, controlToken: 'x' }, /--control-token/],
    [{ workers: 2, stateless: true, scenario: 'x' }, /--scenario/],
    [{ workers: 2, stateless: true, coverage: '-', coverageMin: 1 }, /^--coverage and --coverage-min cannot/],
    [{ workers: 2, stateless: true, unknown: 'fail' }, /--unknown fail/],
    [{ workers: 2, stateless: true, journal: 7 }, /--journal/],
    [{ workers: 2, stateless: true, recordPact: 'web' }, /--record-pact .*each worker would record/],
    [{ workers: 2, store: 'redis://h', recordPact: 'web' }, /--record-pact/],
  ] satisfies [Partial<Options>, RegExp][]) {
    const options = await optionsWith(t, more)
    t.throws(() => planWorkers(options, 8), { code: 'STANDIN_ERR_USAGE', message }, JSON.stringify(more))
  }
})

void t.test('workers that share nothing have no journal and no control API', async (t) => {
  const options = await optionsWith(t, {})
  t.match(workerOptions(options, { count: 2, alone: true }), { control: false, journal: 0 })
  t.match(workerOptions(options, { count: 2, alone: false }), {
    control: true,
    journal: known.get('journal')?.default,
  })
})

void t.test(
  'workers that end at once are waited for longer each time, and given up when none serves',
  (t) => {
    const alone = new Replacement()
    t.strictSame(
      Array.from({ length: 6 }, () => alone.after(undefined, false)),
      [100, 200, 400, 800, 1600, undefined],
    )
    const others = new Replacement()
    const waits = Array.from({ length: 20 }, () => others.after(5, true))
    t.strictSame([waits[0], waits.at(-1)], [100, 10_000], 'with others it is never given up')
    t.equal(others.after(60_000, false), 100, 'one that served for a while is another matter')
    t.end()
  },
)

void t.test('figures of all workers, of those that have ended too', async (t) => {
  const families = (calls: number) => [
    counter('standin_requests_total', 'Calls', [[{}, calls]]),
    gauge('standin_sessions', 'Sessions', calls, 'sum'),
  ]
  const gathering: Gathering = new Gathering((pid, id) => {
    if (pid === 2) setImmediate(() => gathering.told(pid, id, families(20)))
    // The third ends instead of telling.
    else setImmediate(() => gathering.left(pid))
  })
  const sum = (all: Awaited<ReturnType<Gathering['others']>>, name: string) =>
    all
      .flat()
      .filter((one) => one.name === name)
      .reduce((total, { values }) => total + values.reduce((more, { value }) => more + value, 0), 0)
  t.equal(sum(await gathering.others(1, families(1), [1, 2, 3]), 'standin_requests_total'), 20)
  gathering.left(2)
  const left = await gathering.others(1, families(1), [1])
  t.equal(sum(left, 'standin_requests_total'), 20, 'what it has counted stays')
  t.equal(sum(left, 'standin_sessions'), 0, 'what it held is gone')
})
