import { type Static, Type } from '@sinclair/typebox'
import { SessionName } from '../steer/session-name.js'
import { type Asks, Control } from './control.js'
import { type TestSession, testSession } from './session.js'
import { newSessionName } from './session-name.js'

export interface SessionOptions {
  /** Made up where it is left out, with the title at its beginning. */
  readonly name?: string
  /** The test's, say. */
  readonly title?: string
  /** The snapshot to begin from; the fixtures where it is left out. */
  readonly snapshot?: string
  /** The scenario to switch on. */
  readonly scenario?: string
  /** A consumer: what the session uses becomes the contract with it. */
  readonly recordPact?: string
}

/** A running stand-in, as tests see it. */
export interface TestStandin extends AsyncDisposable {
  /** Of the mocked API, without a slash at the end. */
  readonly url: string
  /** The session of calls that name none. */
  readonly default: TestSession
  /** A session that nobody else has, until it is closed. Rejects with STANDIN_ERR_CONTROL. */
  session(options?: SessionOptions): Promise<TestSession>
  /** What of the docs was called, by all sessions since the start, as a table for people. */
  coverage(): Promise<string>
  /** Drops the sessions that were made here and are still open, and stops the stand-in if it was started here. */
  close(): Promise<void>
}

/** How a stand-in that runs already is reached. */
export interface ConnectOptions {
  /** Of the mocked API. */
  readonly url: string | URL
  /** Of the control API, where it has a port of its own. */
  readonly controlUrl?: string | URL
  /** What the control API asks for, where it does. */
  readonly token?: string
}

const About = Type.Object({ version: Type.String(), title: Type.String() })
const Made = Type.Object({ name: SessionName })

/**
 * A stand-in that runs already: in another process, a container, or beside a test run with many workers.
 * Rejects with STANDIN_ERR_UNREACHABLE where nothing answers, with STANDIN_ERR_CONTROL where it may not be steered.
 */
export async function connectStandin({ url, controlUrl = url, token }: ConnectOptions): Promise<TestStandin> {
  const control = new Control(withoutSlash(controlUrl), token)
  await control.get(About, { path: '/' })
  return testStandin(control, withoutSlash(url), async () => {})
}

/** @param stop is called once the sessions are closed */
export function testStandin(control: Asks, url: string, stop: () => Promise<void>): TestStandin {
  const open = new Set<TestSession>()
  const close = async (): Promise<void> => {
    const closing = [...open].map((session) => session.close())
    await Promise.allSettled(closing)
    await stop()
    await Promise.all(closing)
  }
  return {
    url,
    default: testSession(control, url, ''),
    async session({ title, name = newSessionName(title), snapshot, scenario, recordPact } = {}) {
      const body: Static<typeof NewSession> = {
        name,
        ...(snapshot !== undefined && { snapshot }),
        ...(scenario !== undefined && { scenario }),
        ...(recordPact !== undefined && { recordPact }),
      }
      await control.get(Made, { method: 'POST', path: '/sessions', body })
      const made = testSession(control, url, name)
      const session: TestSession = {
        ...made,
        async close() {
          open.delete(session)
          await made.close()
        },
        [Symbol.asyncDispose]: () => session.close(),
      }
      open.add(session)
      return session
    },
    async coverage() {
      return String(await control.call({ path: '/coverage', query: { format: 'text' } }))
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const NewSession = Type.Object({
  name: SessionName,
  snapshot: Type.Optional(Type.String()),
  scenario: Type.Optional(Type.String()),
  recordPact: Type.Optional(Type.String()),
})

const withoutSlash = (url: string | URL): string => String(url).replace(/\/+$/, '')
