import { Type } from '@sinclair/typebox'
import { ActiveOverride, type Override } from '../steer/override.js'
import { SESSION_HEADER, SESSION_PATH } from '../steer/session-name.js'
import { type TestCalls, testCalls } from './calls.js'
import { type Asks, ControlRefusal, inSession } from './control.js'
import { sessionFetch } from './session-fetch.js'
import { type TestState, testState } from './state.js'

/** What a test has of a stand-in for itself: no other session sees what it sets, changes or calls. */
export interface TestSession extends TestCalls, AsyncDisposable {
  /** `''` is the default session, which calls belong to that name none. */
  readonly name: string
  /** What calls send to belong to the session, for clients that can set headers. */
  readonly headers: Readonly<Record<string, string>>
  /** The same as the value of a `Cookie` header. */
  readonly cookie: string
  /** The base URL for clients that can set neither, without a slash at the end: every path below it is in the session. */
  readonly baseUrl: string
  /** Like the global one, in the session: paths are of the mocked API; other origins are left alone. */
  readonly fetch: typeof globalThis.fetch
  readonly state: TestState
  /** Has calls of an operation answered in another way; goes before what was set earlier. */
  override(operationId: string, override: Omit<Override, 'operationId'>): Promise<ActiveOverride>
  /** The same for an override that says itself what it is for; every operation where it does not. */
  override(override: Override): Promise<ActiveOverride>
  /** What is set, the newest first. */
  overrides(): Promise<ActiveOverride[]>
  /** Takes one override back, or all. */
  clearOverrides(id?: string): Promise<void>
  /** Switches a scenario on: its state and overrides. */
  scenario(name: string): Promise<void>
  /** A token for an account. Rejects where the API has none that could be issued. */
  token(account: string | number): Promise<string>
  /** Takes everything back: state, overrides, scenario, journal. */
  reset(): Promise<void>
  /** Drops the session with all that it holds; the default one is reset. */
  close(): Promise<void>
}

const Overrides = Type.Object({ overrides: Type.Array(ActiveOverride) })
const Token = Type.Object({ token: Type.String() })

/** @param url of the stand-in, without a slash at the end */
export function testSession(asks: Asks, url: string, name: string): TestSession {
  const own = inSession(asks, name)
  const headers = name === '' ? {} : { [SESSION_HEADER]: name }
  const reset = async (): Promise<void> => void (await own.call({ method: 'POST', path: '/reset' }))
  const close = (): Promise<void> => (name === '' ? reset() : drop(asks, name))
  return {
    ...testCalls(own),
    name,
    headers,
    cookie: name === '' ? '' : `${SESSION_HEADER}=${name}`,
    baseUrl: name === '' ? url : `${url}${SESSION_PATH}${name}`,
    fetch: sessionFetch(url, headers),
    state: testState(own),
    override(first: string | Override, more?: Omit<Override, 'operationId'>) {
      const body = typeof first === 'string' ? { ...more, operationId: first } : first
      return own.get(ActiveOverride, { method: 'POST', path: '/overrides', body })
    },
    async overrides() {
      const { overrides } = await own.get(Overrides, { path: '/overrides' })
      return overrides
    },
    async clearOverrides(id) {
      const path = id === undefined ? '/overrides' : `/overrides/${encodeURIComponent(id)}`
      await own.call({ method: 'DELETE', path })
    },
    async scenario(name) {
      await own.call({ method: 'PUT', path: '/scenario', body: { name } })
    },
    async token(account) {
      const { token } = await own.get(Token, { method: 'POST', path: '/tokens', body: { account } })
      return token
    },
    reset,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function drop(asks: Asks, name: string): Promise<void> {
  try {
    await asks.call({ method: 'DELETE', path: `/sessions/${encodeURIComponent(name)}` })
  } catch (error) {
    // It was dropped already, by hand or because nobody used it for long.
    if (!(error instanceof ControlRefusal && error.status === 404)) throw error
  }
}
