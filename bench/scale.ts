import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bigDescription, lastThings } from './big-description.js'
import { type BenchRequest, type Contender, type Round, Running } from './contender.js'
import { peer } from './peers.js'
import { median, ratio, table } from './statistics.js'

/** The last Prism that runs on every Node that Standin runs on. */
const PRISM = '5.14.2'
const GITHUB = '23.0.2'
const ROUNDS = 4
const STARTS = 3
const CONNECTIONS = 10

interface Mock {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

const contender = ({ name, command, args }: Mock, file: string): Contender => ({
  name,
  module: 'command',
  args: [command, ...args, file],
  quiet: true,
})

/**
 * What size costs: start and memory for GitHub's whole description (JSON, 13 MB) and for 10,000
 * operations, and the same request, its parameter checked, to the last of one, a thousand and ten
 * thousand operations, by Standin and by Prism in turns.
 */
export async function scale(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'standin-scale-'))
  try {
    const files = new Map<number, string>()
    for (const operations of [1, 1000, 10_000]) {
      files.set(operations, join(folder, `${operations}.json`))
      await writeFile(files.get(operations) ?? '', bigDescription(operations))
    }
    const standin: Mock = {
      name: 'Standin',
      command: fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)),
      args: ['serve', '--port', 'PORT', '--log-level', 'silent', '--stateless'],
    }
    const prism: Mock = {
      name: `Prism ${PRISM}`,
      command: join(await peer('@stoplight/prism-cli', PRISM), 'dist', 'index.js'),
      args: ['mock', '-p', 'PORT', '-v', 'silent'],
    }
    const github = join(await peer('@octokit/openapi', GITHUB), 'generated', 'api.github.com.json')
    return `${await starts(standin, prism, github, files)}\n\n${await loads(standin, prism, files)}`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function starts(
  standin: Mock,
  prism: Mock,
  github: string,
  files: ReadonlyMap<number, string>,
): Promise<string> {
  const keeping: Mock = { ...standin, args: [...standin.args.slice(0, -1), '--store', 'memory'] }
  const many = files.get(10_000) ?? ''
  const zen: BenchRequest = { path: '/zen', method: 'GET', headers: {} }
  const cases: [mock: Mock, title: string, file: string, request: BenchRequest, times: number][] = [
    [keeping, 'one operation', files.get(1) ?? '', read(1), STARTS],
    [keeping, "GitHub's description", github, zen, STARTS],
    [keeping, '10,000 operations', many, read(10_000), STARTS],
    [prism, "GitHub's description", github, zen, 1],
    [prism, '10,000 operations', many, read(10_000), 1],
  ]
  const rows: string[][] = []
  for (const [mock, title, file, request, times] of cases) {
    process.stderr.write(`Starting ${mock.name} with ${title}\n`)
    const taken: number[] = []
    const used: number[] = []
    const peaks: number[] = []
    for (let turn = 0; turn < times; turn++) {
      const begun = performance.now()
      const running = await Running.start(contender(mock, file))
      await running.ask(request)
      taken.push(performance.now() - begun)
      const { cpu, peak } = await running.usage()
      used.push(cpu)
      peaks.push(peak)
      await running.stop()
    }
    rows.push([
      mock.name,
      title,
      (median(taken) / 1000).toFixed(2),
      (median(used) / 1e6).toFixed(2),
      (median(peaks) / 2 ** 20).toFixed(0),
    ])
  }
  return table(['start', 'description', 'first answer s', 'CPU s', 'peak MiB'], rows)
}

/** Reads the last resource; its parameter is checked. */
const read = (operations: number): BenchRequest => ({
  path: `${lastThings(operations)}?limit=7`,
  method: 'GET',
  headers: {},
})

async function loads(standin: Mock, prism: Mock, files: ReadonlyMap<number, string>): Promise<string> {
  const cases: [mock: Mock, operations: number, requests: number][] = [
    [standin, 1, 10_000],
    [standin, 1000, 10_000],
    [standin, 10_000, 10_000],
    [prism, 1, 2000],
    [prism, 1000, 100],
    [prism, 10_000, 10],
  ]
  const running = await Promise.all(
    cases.map(([mock, operations]) => Running.start(contender(mock, files.get(operations) ?? ''))),
  )
  const rounds: Round[][] = cases.map(() => [])
  for (let turn = 0; turn <= ROUNDS; turn++) {
    process.stderr.write(`Round ${turn} of ${ROUNDS}\n`)
    for (const [index, [, operations, requests]] of cases.entries()) {
      const round = await running[index]?.load(read(operations), requests, CONNECTIONS)
      // The first turn lets the compiler warm up and is not counted.
      if (round && turn > 0) rounds[index]?.push(round)
    }
  }
  await Promise.all(running.map((server) => server.stop()))
  const column = (index: number, key: keyof Round) => (rounds[index] ?? []).map((round) => round[key])
  const rows = cases.map(([{ name }, operations], index) => [
    name,
    String(operations),
    median(column(index, 'requestsPerSecond')).toFixed(0),
    median(column(index, 'cpu')).toFixed(0),
    // The same mock with one operation, and the other mock with as many.
    ratio(column(index, 'cpu'), column(index < 3 ? 0 : 3, 'cpu')),
    index < 3 ? ratio(column(index, 'requestsPerSecond'), column(index + 3, 'requestsPerSecond')) : '',
    (median(column(index, 'rss')) / 2 ** 20).toFixed(0),
  ])
  return table(
    [
      'scale',
      'operations',
      'requests/s',
      'CPU us/request',
      'CPU to one operation',
      'times Prism',
      'memory MiB',
    ],
    rows,
  )
}
