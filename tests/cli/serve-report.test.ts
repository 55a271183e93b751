import { readFileSync } from 'node:fs'
import t from 'tap'
import { run } from '../../src/cli/run.js'
import type { Coverage } from '../../src/steer/journal/coverage.js'
import type { UnknownRequest } from '../../src/steer/journal/unknown.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

const coverage: Coverage = {
  title: 'Cups',
  operations: { covered: 1, total: 2, percent: 50 },
  responses: { covered: 1, total: 3, percent: 33.3 },
  examples: { covered: 0, total: 0, percent: 100 },
  byOperation: [],
  unknown: [],
}
const unknown = (path: string, times = 1): UnknownRequest => ({
  method: 'GET',
  path,
  times,
  reason: `No GET ${path}`,
})

/** Serves, stops, and tells how it ended. */
async function ended(
  argv: string[],
  { unknownRequests = [], cwd = t.testdirName }: { unknownRequests?: UnknownRequest[]; cwd?: string } = {},
) {
  const terminal = fakeTerminal({ cwd })
  const standin = {
    ...fakeStandin(),
    coverage: async () => coverage,
    unknownRequests: async () => unknownRequests,
  }
  const { create, given } = factory(standin)
  const running = run(argv, terminal, create)
  while (terminal.out() === '' && terminal.err() === '') await new Promise((go) => setImmediate(go))
  terminal.signals.emit('SIGINT', 'SIGINT')
  return { code: await running, out: terminal.out(), err: terminal.err(), options: given[0] }
}

void t.test('without a word about it nothing is told', async (t) => {
  const { code, out, err } = await ended([], { unknownRequests: [unknown('/a')] })
  t.strictSame([code, err], [0, ''])
  t.notMatch(out, /Coverage/)
})

void t.test('coverage to a file or to stdout, as JSON or as a table', async (t) => {
  const cwd = t.testdir({})
  t.equal((await ended(['--coverage', 'c.json'], { cwd })).code, 0)
  t.strictSame(JSON.parse(readFileSync(`${cwd}/c.json`, 'utf8')), coverage)
  await ended(['--coverage', 'c.txt'], { cwd })
  t.match(readFileSync(`${cwd}/c.txt`, 'utf8'), /^Coverage of Cups: 1 of 2 operations/)
  t.match((await ended(['--coverage', '-'])).out, /Coverage of Cups: 1 of 2 operations \(50 %\)/)
  const failed = await ended(['--coverage', 'none/c.json'], { cwd })
  t.equal(failed.code, 2)
  t.match(failed.err, /STANDIN_ERR_OUTPUT_UNWRITABLE/)
})

void t.test('a run that called too little of the docs fails', async (t) => {
  const { code, err } = await ended(['--coverage-min', '34'])
  t.equal(code, 1)
  t.equal(err, '33.3 % of the documented replies were called, and --coverage-min asks for 34 %.\n')
  t.equal((await ended(['--coverage-min', '33'])).code, 0)
  t.equal((await ended(['--coverage-min', '101'])).code, 2)
})

void t.test('a run that called what is not documented fails, where that was asked for', async (t) => {
  const { code, err } = await ended(['--unknown', 'fail'], {
    unknownRequests: [unknown('/a', 3), unknown('/b')],
  })
  t.equal(code, 1)
  t.equal(err, 'Requests that the docs do not have:\n  3 times: No GET /a\n  No GET /b\n')
  t.equal((await ended(['--unknown', 'fail'])).code, 0)
  const many = Array.from({ length: 60 }, (_, index) => unknown(`/${index}`))
  t.match((await ended(['--unknown', 'fail'], { unknownRequests: many })).err, /\n {2}… and 10 more\n$/)
})

void t.test('what needs the journal is not taken without it', async (t) => {
  for (const [argv, message] of [
    [['--coverage', '-'], /--coverage needs the journal/],
    [['--coverage-min', '1', '--unknown', 'fail'], /--coverage-min and --unknown fail need the journal/],
  ] as const) {
    const { code, err, options } = await ended([...argv, '--journal', '0'])
    t.equal(code, 2)
    t.match(err, message)
    t.equal(options, undefined, 'before anything is made')
  }
  t.equal((await ended(['--journal', '0'])).code, 0)
})

void t.test('pointers are checked, and handed on', async (t) => {
  t.strictSame((await ended(['--redact', '/a/*', '--redact', '/b'])).options?.redact, ['/a/*', '/b'])
  const { code, err } = await ended(['--redact', 'ssn'])
  t.equal(code, 2)
  t.match(err, /--redact: expected a JSON pointer such as \/user\/ssn/)
})
