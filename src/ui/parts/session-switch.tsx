import { sessions } from '../store/about.js'
import { useLoaded } from '../store/resource.js'
import { go, linkTo, route, sessionName } from '../store/route.js'

/** The same place in another session; calls are of one session only. */
function choose(session: string): void {
  const { view, id } = route.value
  go({ view, id: view === 'journal' ? '' : id, session })
}

/** The session that everything on the page is about. */
export function SessionSwitch() {
  const { value } = useLoaded(sessions)
  const chosen = sessionName.value
  // One that is in the address exists with its first call, before the list knows it.
  const names = [...new Set(['', ...(value ?? []).map(({ name }) => name), chosen])]
  return (
    <div class="session-switch">
      <label for="session">Session</label>
      <select id="session" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name === '' ? 'default' : name}
          </option>
        ))}
      </select>
      <a class="button quiet" href={linkTo({ view: 'sessions' })}>
        New<span class="hidden"> session</span>
      </a>
    </div>
  )
}
