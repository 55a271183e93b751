import { useState } from 'preact/hooks'
import { change } from '../api/client.js'
import { sessions } from '../store/about.js'
import { perform } from '../store/notice.js'
import { useLoaded } from '../store/resource.js'
import { go } from '../store/route.js'
import { scenarios, snapshots } from '../store/state.js'

/** Makes a session and switches to it. */
export function NewSession() {
  const [name, setName] = useState('')
  const [snapshot, setSnapshot] = useState('')
  const [scenario, setScenario] = useState('')
  const known = useLoaded(snapshots).value ?? []
  const files = useLoaded(scenarios).value ?? []
  const make = async (event: Event): Promise<void> => {
    event.preventDefault()
    const body = { name, ...(snapshot !== '' && { snapshot }), ...(scenario !== '' && { scenario }) }
    await perform(`You are in the session ${name}`, async () => {
      await change('POST', '/sessions', body)
      await sessions.refresh()
      go({ view: 'operations', session: name })
    })
  }
  return (
    <form class="card aside" aria-labelledby="new-session-title" onSubmit={(event) => void make(event)}>
      <h2 id="new-session-title">New session</h2>
      <label class="field">
        <span>Name</span>
        <input
          class="mono"
          required
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
          title="Letters, digits, '.', '_' and '-'"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Begins from</span>
        <select value={snapshot} onChange={(event) => setSnapshot(event.currentTarget.value)}>
          <option value="">the fixtures</option>
          {known.map(({ name }) => (
            <option key={name} value={name}>
              snapshot {name}
            </option>
          ))}
        </select>
      </label>
      {files.length > 0 && (
        <label class="field">
          <span>Scenario</span>
          <select value={scenario} onChange={(event) => setScenario(event.currentTarget.value)}>
            <option value="">none</option>
            {files
              .filter(({ problem }) => problem === undefined)
              .map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
          </select>
        </label>
      )}
      <button type="submit" class="primary">
        Make it and switch to it
      </button>
    </form>
  )
}
