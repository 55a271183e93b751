import { change } from '../api/client.js'
import type { SessionSummary } from '../api/shapes.js'
import { ago, count } from '../model/words.js'
import { Confirm } from '../parts/confirm.js'
import { WhenLoaded } from '../parts/failure.js'
import { sessions } from '../store/about.js'
import { entries } from '../store/journal.js'
import { perform } from '../store/notice.js'
import { overrides } from '../store/operations.js'
import { useLoaded } from '../store/resource.js'
import { go, linkTo, sessionName } from '../store/route.js'
import { NewSession } from './new-session.js'

/** Who else is here, and a place of one's own. */
export function SessionsView() {
  const loaded = useLoaded(sessions)
  return (
    <div class="columns">
      <section aria-labelledby="sessions-title">
        <h1 id="sessions-title" tabIndex={-1} data-focus>
          Sessions
        </h1>
        <p class="prose">
          A session has state, overrides, scenario and journal of its own. A client is in one when it sends
          the header <code>Standin-Session: NAME</code>, or calls <code>/_standin/in/NAME/…</code> in place of{' '}
          <code>/…</code>.
        </p>
        <WhenLoaded loaded={loaded} retry={sessions.refresh}>
          {(all) => (
            <ul class="plain list card">
              {all.map((one) => (
                <Row key={one.name} session={one} />
              ))}
            </ul>
          )}
        </WhenLoaded>
      </section>
      <NewSession />
    </div>
  )
}

function Row({ session: { name, lastUsed, overrides: set, scenario } }: { session: SessionSummary }) {
  const chosen = name === sessionName.value
  const shown = name === '' ? 'default' : name
  return (
    <li>
      <span>
        <b>{shown}</b> {chosen && <span class="tag">shown</span>}{' '}
        <span class="small">
          used {ago(lastUsed, Date.now())}, {count(set, 'override')}
          {typeof scenario === 'string' && `, scenario ${scenario}`}
        </span>
      </span>
      <span class="buttons">
        {!chosen && (
          <a class="button" href={linkTo({ view: 'sessions', session: name })}>
            Switch to<span class="hidden"> {shown}</span>
          </a>
        )}
        {chosen && (
          <Confirm
            label="Start over"
            of={shown}
            question="State to the fixtures, overrides and journal away?"
            onConfirm={() => void startOver()}
          />
        )}
        {name !== '' && (
          <Confirm label="Drop" of={name} question={`Drop ${name}?`} onConfirm={() => void drop(name)} />
        )}
      </span>
    </li>
  )
}

const startOver = (): Promise<boolean> =>
  perform('The session is as it was at the beginning', async () => {
    await change('POST', '/reset')
    entries.value = []
    await Promise.all([overrides.refresh(), sessions.refresh()])
  })

const drop = (name: string): Promise<boolean> =>
  perform(`${name} is dropped`, async () => {
    // Not in the session itself, which would make it anew.
    if (name === sessionName.value) go({ view: 'sessions', session: '' })
    await change('DELETE', `/sessions/${encodeURIComponent(name)}`)
    await sessions.refresh()
  })
