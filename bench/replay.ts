import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchRequest, type Contender, type Round, Running } from './contender.js'
import { median, ratio, table } from './statistics.js'

const ROUNDS = 7
const REQUESTS = 20_000
const CONNECTIONS = 50
const STARTS = 7

/** The documented request of Reset Pin, as JSON. */
export const request: BenchRequest = {
  path: '/onboarding/user/resetPin/v1',
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'x-api-key': 'MOB-APP-2001',
    // The sample token of the docs; the stand-in knows it.
    'x-api-token':
      'eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..ZJitdRZXJMeJkxFz.PuV48dCHwNI8gt0u1p7wVo8MiLNgyC5BfCkz7Qvpn2NNzXHEgVsfhd4AAHyCq0-FpMHBd5_kR2yZw-fZ-ZQHIqgT-PUOy4H9w1OBDuw0jWfcRtPnT8BNV1bDO7OvVKBplVksyifTLIYX5zFu4HfmHXygEBvv11sL8WUVHyTH8QgLMHLu2qT7l0UBTGHD8pgcZeZAQFdEXPpkglbRVdOedUda7Am1-NSvPLch5s1vyxRNrlR--8xzlfE5munVeYp8ln6L1A.foUnrZNCjNqEcoA_6u9SOw',
  },
  body: '{"pin":"2222","signInMode":1}',
}

/** One request, answered by a bare route and by Standin in each of its modes, in turns. */
export async function replay(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'standin-bench-'))
  const contenders: Contender[] = [
    { name: 'bare Fastify, same schemas', module: 'bare' },
    { name: 'Standin, stateless', module: 'standin', args: ['stateless'] },
    { name: 'Standin, state in memory', module: 'standin', args: ['memory'] },
    { name: 'Standin, state on disk', module: 'standin', args: [folder] },
  ]
  try {
    const starts = await measureStarts(contenders)
    const rounds = await measureLoad(contenders)
    return report(contenders, starts, rounds)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds from the start of the process to its first answer. */
async function measureStarts(contenders: readonly Contender[]): Promise<number[][]> {
  const starts: number[][] = contenders.map(() => [])
  for (let turn = 0; turn <= STARTS; turn++) {
    for (const [index, contender] of contenders.entries()) {
      const begun = performance.now()
      const running = await Running.start(contender)
      await running.ask(request)
      // The first turn fills the file system's caches and is not counted.
      if (turn > 0) starts[index]?.push(performance.now() - begun)
      await running.stop()
    }
  }
  return starts
}

async function measureLoad(contenders: readonly Contender[]): Promise<Round[][]> {
  const running = await Promise.all(contenders.map((contender) => Running.start(contender)))
  const rounds: Round[][] = contenders.map(() => [])
  for (let turn = 0; turn <= ROUNDS; turn++) {
    for (const [index, server] of running.entries()) {
      const round = await server.load(request, REQUESTS, CONNECTIONS)
      // The first turn lets the compiler warm up and is not counted.
      if (turn > 0) rounds[index]?.push(round)
    }
  }
  await Promise.all(running.map((server) => server.stop()))
  return rounds
}

function report(contenders: readonly Contender[], starts: number[][], rounds: Round[][]): string {
  const column = (index: number, key: keyof Round) => (rounds[index] ?? []).map((round) => round[key])
  const rows = contenders.map(({ name }, index) => [
    name,
    median(column(index, 'requestsPerSecond')).toFixed(0),
    median(column(index, 'cpu')).toFixed(1),
    ratio(column(index, 'cpu'), column(0, 'cpu')),
    median(column(index, 'p99')).toFixed(0),
    median(starts[index] ?? []).toFixed(0),
    ratio(starts[index] ?? [], starts[0] ?? []),
    (median(column(index, 'rss')) / 2 ** 20).toFixed(0),
  ])
  return table(
    [
      'replay',
      'requests/s',
      'CPU us/request',
      'CPU ratio',
      'p99 ms',
      'start ms',
      'start ratio',
      'memory MiB',
    ],
    rows,
  )
}
