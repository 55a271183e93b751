import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { type StandinServer, startStandin } from './command-server.js'
import type { BenchRequest } from './contender.js'
import { cpuOf } from './processes.js'
import { type BenchRedis, startRedis } from './redis.js'
import { sessionMemory } from './replicas-memory.js'
import { request } from './replay.js'
import { type Cost, sizing } from './sizing.js'
import { median, ratio, table } from './statistics.js'

const ROUNDS = 5
const REQUESTS = 10_000
const CONNECTIONS = 48

/** A way to serve, and what is asked of it. */
interface Setup {
  readonly name: string
  readonly replicas?: number
  /** Words of the command line. */
  readonly words: (folder: string, redis: BenchRedis) => readonly string[]
  /** All connections in one session, which all replicas then change at once; else each in its own. */
  readonly oneSession?: boolean
  /** The documented reply by its status, which needs no state. */
  readonly replay?: boolean
}

const shared =
  (prefix: string, ...more: string[]) =>
  (_: string, { url }: BenchRedis) => ['--store', `${url}/?prefix=${prefix}`, ...more]

const setups: readonly Setup[] = [
  { name: 'stateless', words: () => ['--stateless'] },
  {
    name: 'stateless, no journal',
    words: () => ['--stateless', '--journal', '0', '--no-control'],
  },
  // Workers without a Redis keep no journal.
  { name: 'stateless, two workers', words: () => ['--stateless', '--workers', '2'] },
  { name: 'file store', words: (folder) => ['--store', folder] },
  { name: 'Redis, one replica', words: shared('one') },
  { name: 'Redis, one replica, no journal', words: shared('quiet', '--journal', '0') },
  { name: 'Redis, one replica, one session', words: shared('alone'), oneSession: true },
  { name: 'Redis, three replicas', replicas: 3, words: shared('three') },
  { name: 'Redis, three replicas, one session', replicas: 3, words: shared('crowd'), oneSession: true },
  { name: 'Redis, one replica, a reply without state', words: shared('replay'), replay: true },
]

interface Round {
  readonly requestsPerSecond: number
  /** Microseconds of processor time a request. */
  readonly cpu: number
  readonly redisCpu: number
  /** Milliseconds. */
  readonly p99: number
  /** How often Redis reads from a connection, a request. Below one, several requests share a round trip. */
  readonly reads: number
  /** To and from Redis, a request. */
  readonly redisBytes: number
  /** To and from the client, a request. */
  readonly clientBytes: number
}

/** State changes, by where the state is and how many serve. Linux only: what processes use is read from /proc. */
export async function replicas(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'standin-bench-'))
  const redis = await startRedis(folder)
  const all: StandinServer[][] = []
  try {
    for (const [index, { words, replicas: count = 1 }] of setups.entries()) {
      const given = words(join(folder, `store-${index}`), redis)
      all.push(await Promise.all(Array.from({ length: count }, () => startStandin(given, folder))))
    }
    const rounds = setups.map((): Round[] => [])
    for (let turn = 0; turn <= ROUNDS; turn++) {
      for (const [index, setup] of setups.entries()) {
        const round = await load(setup, all[index] ?? [], redis)
        // The first turn lets the compiler warm up and is not counted.
        if (turn > 0) rounds[index]?.push(round)
      }
    }
    return [
      report(rounds),
      await sessionMemory(redis, folder),
      sizing({
        stateless: costOf(rounds, 'stateless'),
        replay: costOf(rounds, 'Redis, one replica, a reply without state'),
        change: costOf(rounds, 'Redis, three replicas'),
      }),
    ].join('\n\n')
  } finally {
    await Promise.all(all.flat().map((server) => server.stop()))
    await redis.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function load(setup: Setup, servers: readonly StandinServer[], redis: BenchRedis): Promise<Round> {
  const pids = servers.map(({ pid }) => pid)
  const before = { cpu: cpuOf(pids), redis: cpuOf([redis.pid]), figures: await redis.figures() }
  // As many for each replica, so that the compiler has seen as much of them.
  const each = { amount: REQUESTS, connections: CONNECTIONS / servers.length }
  const results = await Promise.all(
    servers.map(({ url }, index) =>
      fire(url, each, (client) => headers(setup, index * CONNECTIONS + client)),
    ),
  )
  const requests = REQUESTS * servers.length
  const received = results.reduce((sum, { throughput }) => sum + throughput.total, 0)
  const figures = await redis.figures()
  const grown = (name: string): number => (figures.get(name) ?? 0) - (before.figures.get(name) ?? 0)
  return {
    requestsPerSecond: requests / Math.max(...results.map(({ duration }) => duration)),
    cpu: (cpuOf(pids) - before.cpu) / requests,
    redisCpu: (cpuOf([redis.pid]) - before.redis) / requests,
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
    reads: grown('total_reads_processed') / requests,
    redisBytes: (grown('total_net_input_bytes') + grown('total_net_output_bytes')) / requests,
    clientBytes: sentBytes(headers(setup, 0)) + received / requests,
  }
}

/** Those of the head and the body of a request. */
const sentBytes = (headers: BenchRequest['headers']): number =>
  `POST ${request.path} HTTP/1.1\r\nHost: 127.0.0.1:10000\r\nConnection: keep-alive\r\nContent-Length: 32\r\n\r\n${request.body}`
    .length + Object.entries(headers).reduce((sum, [name, value]) => sum + `${name}: ${value}\r\n`.length, 0)

const headers = ({ oneSession, replay }: Setup, client: number): BenchRequest['headers'] => ({
  ...request.headers,
  ...(oneSession !== true && { 'standin-session': `session-${client}` }),
  ...(replay === true && { prefer: 'code=200' }),
})

async function fire(
  url: string,
  { amount, connections }: { readonly amount: number; readonly connections: number },
  headersOf: (client: number) => BenchRequest['headers'],
): Promise<autocannon.Result> {
  let clients = 0
  const { path, method, body } = request
  const result = await autocannon({
    url: url + path,
    method,
    body: body ?? '',
    amount,
    connections,
    timeout: 60,
    // The time that it took is told in steps of this many milliseconds.
    sampleInt: 100,
    setupClient: (client) => client.setHeaders(headersOf(clients++)),
  })
  const failed = result.non2xx + result.errors
  if (failed > 0) throw new Error(`${failed} requests failed`)
  return result
}

/** The setup that is called so, of those that rates are reckoned from. */
function costOf(rounds: readonly (readonly Round[])[], name: string): Cost {
  const of = rounds[setups.findIndex((setup) => setup.name === name)] ?? []
  const middle = (key: keyof Cost): number => median(of.map((round) => round[key]))
  return {
    cpu: middle('cpu'),
    redisCpu: middle('redisCpu'),
    redisBytes: middle('redisBytes'),
    clientBytes: middle('clientBytes'),
  }
}

function report(rounds: readonly (readonly Round[])[]): string {
  const column = (index: number, key: keyof Round) => (rounds[index] ?? []).map((round) => round[key])
  const rows = setups.map(({ name }, index) => [
    name,
    median(column(index, 'requestsPerSecond')).toFixed(0),
    median(column(index, 'cpu')).toFixed(0),
    ratio(column(index, 'cpu'), column(0, 'cpu')),
    median(column(index, 'redisCpu')).toFixed(0),
    median(column(index, 'p99')).toFixed(0),
    median(column(index, 'reads')).toFixed(2),
    median(column(index, 'redisBytes')).toFixed(0),
  ])
  const headings = [
    'replicas',
    'requests/s',
    'CPU us/request',
    'CPU ratio',
    'Redis CPU us',
    'p99 ms',
    'Redis reads',
    'Redis bytes',
  ]
  return `${table(headings, rows)}\nThe load comes from the same machine, and takes of the same processors.`
}
