import t from 'tap'
import { Pool } from 'undici'
import { documentedRequest, standinFor } from './helper.js'

const SESSIONS = 200
const ROUNDS = 4

interface Reply {
  readonly status: number
  readonly text: string
}

void t.test('two hundred sessions at once never see each other', async (t) => {
  const standin = await standinFor(t)
  const pool = new Pool(await standin.listen(), { connections: 50 })
  t.teardown(() => pool.close())

  /** A call in a session, named in one of the three ways. */
  const call = async (
    session: string,
    way: number,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const named = [{ 'standin-session': session }, { cookie: `a=b; standin-session=${session}` }, {}][way]
    const { statusCode, body: answer } = await pool.request({
      method,
      path: way === 2 && !path.startsWith('/_standin') ? `/_standin/in/${session}${path}` : path,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers, ...named },
      ...(body !== undefined && { body }),
    })
    return { status: statusCode, text: await answer.text() }
  }

  const faults: string[] = []
  const expect = (session: string, what: string, actual: unknown, expected: unknown): void => {
    if (actual !== expected)
      faults.push(`${session}: ${what} is ${String(actual)}, expected ${String(expected)}`)
  }

  const worker = async (index: number): Promise<void> => {
    const session = `worker-${index}`
    const way = index % 3
    const control = `?session=${session}`
    const pin = String(1000 + index)
    const body = JSON.stringify({ session })
    const account = String(5000 + (index % 2))
    const { text } = await call(
      session,
      way,
      'POST',
      `/_standin/v1/tokens${control}`,
      JSON.stringify({ account }),
    )
    const { token } = JSON.parse(text) as { token: string }
    const request = documentedRequest(
      'resetPin',
      { 'x-api-token': token },
      JSON.stringify({ pin, signInMode: 1 }),
    )
    const { headers } = request
    for (let round = 0; round < ROUNDS; round++) {
      const reset = await call(session, way, 'POST', request.url, request.payload, headers)
      expect(session, 'the reset', reset.status, 200)
      const override = JSON.stringify({
        operationId: 'getToken',
        status: 500 + (index % 90),
        body: { session },
        times: 1,
      })
      const added = await call(session, way, 'POST', `/_standin/v1/overrides${control}`, override)
      expect(session, 'adding an override', added.status, 201)
      const got = await call(session, way, 'GET', '/token-service/client/server/new/v2/token', undefined)
      expect(session, 'the status of its override', got.status, 500 + (index % 90))
      expect(session, 'the body of its override', got.text, body)
      await call(session, way, 'PUT', `/_standin/v1/state/marks/${round}${control}`, body)
      const state = JSON.parse(
        (await call(session, way, 'GET', `/_standin/v1/state${control}`, undefined)).text,
      ) as {
        accounts: object
        marks: object
      }
      expect(session, 'its accounts', Object.keys(state.accounts).join(), `100,${account}`)
      expect(
        session,
        'its marks',
        JSON.stringify(Object.values(state.marks)),
        `[${Array(round + 1)
          .fill(body)
          .join()}]`,
      )
    }
    const { overrides } = JSON.parse(
      (await call(session, way, 'GET', `/_standin/v1/overrides${control}`, undefined)).text,
    ) as {
      overrides: { spent: boolean }[]
    }
    expect(session, 'its overrides', overrides.filter(({ spent }) => spent).length, ROUNDS)
  }
  await Promise.all(Array.from({ length: SESSIONS }, (_, index) => worker(index)))
  t.strictSame(faults.slice(0, 5), [])
  const { text } = await call('', 2, 'GET', '/_standin/v1/sessions', undefined)
  t.equal((JSON.parse(text) as { sessions: unknown[] }).sessions.length, SESSIONS + 1)
  const own = await call('', 0, 'GET', '/_standin/v1/state', undefined, {})
  t.strictSame(
    Object.keys((JSON.parse(own.text) as { accounts: object }).accounts),
    ['100'],
    'the default one is as it was',
  )
})
