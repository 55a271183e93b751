import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Override, Standin, StandinOptions } from '../../src/index.js'
import { createStandin } from '../../src/index.js'
import { type RedisServer, startRedis } from './redis-server.js'

interface Replica {
  readonly standin: Standin
  readonly url: string
}

const SIGN_IN = '/onboarding/user/login/v1'
const OPERATION = 'login'

async function replicaFor(t: Test, { url }: RedisServer, options: StandinOptions = {}): Promise<Replica> {
  const standin = await createStandin({ store: url, stateless: true, logger: false, ...options })
  t.teardown(() => standin.close())
  return { standin, url: await standin.listen() }
}

async function replicas(t: Test, redis: RedisServer, count: number): Promise<readonly Replica[]> {
  return Promise.all(Array.from({ length: count }, () => replicaFor(t, redis)))
}

/** The status of a sign-in that breaks the docs: 401 unless something else was set. */
async function call({ url }: Replica, session?: string): Promise<number> {
  const headers = session === undefined ? {} : { 'standin-session': session }
  const { statusCode, body } = await request(url + SIGN_IN, { method: 'POST', headers })
  await body.dump()
  return statusCode
}

async function control(
  { url }: Replica,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const { statusCode, body: answer } = await request(`${url}/_standin/v1${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await answer.text()
  const json: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
  return { status: statusCode, json }
}

/** So many calls at once, spread over the replicas. */
const spread = (all: readonly Replica[], count: number): Promise<number[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) => all[index % all.length]).map((one) => one && call(one)),
  ).then((statuses) => statuses.filter((status) => status !== undefined))

const counted = (statuses: readonly number[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

void t.test(
  'an override that is set at one replica holds for the very next call at every other',
  async (t) => {
    const redis = await startRedis(t)
    const all = await replicas(t, redis, 3)
    const seen: number[][] = []
    const expected: number[][] = []
    for (let round = 0; round < 50; round++) {
      const setting = all[round % 3]
      if (!setting) continue
      const status = 500 + (round % 50)
      const put = await control(setting, 'PUT', '/overrides/one', { operationId: OPERATION, status })
      t.equal(put.status, 200)
      seen.push(await Promise.all(all.map((one) => call(one))))
      expected.push([status, status, status])
    }
    t.strictSame(seen, expected)
  },
)

const limited: readonly (readonly [string, Omit<Override, 'operationId'>, Record<number, number>])[] = [
  ['ten times', { status: 500, times: 10 }, { 401: 90, 500: 10 }],
  [
    'a sequence',
    { sequence: [501, 502, 503, 504, 505, 506, 507].map((status) => ({ status })) },
    { 401: 93, 501: 1, 502: 1, 503: 1, 504: 1, 505: 1, 506: 1, 507: 1 },
  ],
  [
    'a sequence that is repeated, for a time',
    { sequence: [{ status: 501 }, { status: 502 }], afterSequence: 'repeat', times: 31 },
    { 401: 69, 501: 16, 502: 15 },
  ],
]

void t.test('what is for some calls is for exactly as many over all replicas', async (t) => {
  const redis = await startRedis(t)
  const all = await replicas(t, redis, 3)
  const [first, second] = all
  if (!first || !second) throw new Error('none')
  for (const [what, override, expected] of limited) {
    await control(first, 'PUT', '/overrides/one', { ...override, operationId: OPERATION })
    t.strictSame(counted(await spread(all, 100)), expected, what)
    const used = Object.entries(expected).reduce(
      (sum, [status, count]) => sum + (status === '401' ? 0 : count),
      0,
    )
    t.match((await control(second, 'GET', '/overrides/one')).json, { used, spent: true })
  }
})
