import type { Test } from 'tap'
import { request } from 'undici'
import { createStandin, type Standin, type StandinOptions } from '../../src/index.js'
import type { RedisServer } from './redis-server.js'

/** One of several stand-ins over one Redis. */
export interface Replica {
  readonly standin: Standin
  readonly url: string
}

export const SIGN_IN = '/onboarding/user/login/v1'
export const OPERATION = 'login'

export async function replicaFor(
  t: Test,
  { url }: RedisServer,
  options: StandinOptions = {},
): Promise<Replica> {
  const standin = await createStandin({ store: url, stateless: true, logger: false, ...options })
  t.teardown(() => standin.close())
  return { standin, url: await standin.listen() }
}

export async function threeReplicas(
  t: Test,
  redis: RedisServer,
  options: StandinOptions = {},
): Promise<readonly [Replica, Replica, Replica]> {
  const one = (): Promise<Replica> => replicaFor(t, redis, options)
  return Promise.all([one(), one(), one()])
}

/** The status of a sign-in that breaks the docs: 401 unless something else was set. */
export async function call({ url }: Replica, session?: string): Promise<number> {
  const headers = session === undefined ? {} : { 'standin-session': session }
  const { statusCode, body } = await request(url + SIGN_IN, { method: 'POST', headers })
  await body.dump()
  return statusCode
}

export async function answer(
  { url }: Replica,
  method: 'GET' | 'POST',
  path: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const { statusCode, body } = await request(url + path, { method })
  return { status: statusCode, text: await body.text() }
}

/** The body of a sign-in's reply. */
export const text = async (replica: Replica | undefined): Promise<string> =>
  replica ? (await answer(replica, 'POST', SIGN_IN)).text : ''

/** Resolves once the control API can change something again. */
export async function reachable(url: string): Promise<void> {
  const deleted = async (): Promise<number> => {
    const { statusCode, body } = await request(`${url}/_standin/v1/overrides/none`, { method: 'DELETE' })
    await body.dump()
    return statusCode
  }
  while ((await deleted()) !== 404) await new Promise((resolve) => setTimeout(resolve, 20))
}

export async function control(
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
export async function spread(all: readonly Replica[], count: number): Promise<number[]> {
  const each = Array.from({ length: count }, (_, index) =>
    all.filter((_one, at) => at === index % all.length),
  )
  return Promise.all(each.flat().map((one) => call(one)))
}

export const counted = (statuses: readonly number[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
