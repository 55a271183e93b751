import { useState } from 'preact/hooks'
import { change } from '../api/client.js'
import { ago } from '../model/words.js'
import { Confirm } from '../parts/confirm.js'
import { Empty } from '../parts/empty.js'
import { WhenLoaded } from '../parts/failure.js'
import { perform } from '../store/notice.js'
import { useLoaded } from '../store/resource.js'
import { snapshots, state } from '../store/state.js'

const pathOf = (name: string): string => `/snapshots/${encodeURIComponent(name)}`

/** States that were put aside, shared by all sessions. */
export function Snapshots() {
  const loaded = useLoaded(snapshots)
  const [name, setName] = useState('')
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    await perform(`The state is saved as ${name}`, async () => {
      await change('PUT', pathOf(name))
      setName('')
      await snapshots.refresh()
    })
  }
  return (
    <section class="card aside" aria-labelledby="snapshots-title">
      <h2 id="snapshots-title">Snapshots</h2>
      <form class="line-form" onSubmit={(event) => void save(event)}>
        <label class="field">
          <span>Save the state as</span>
          <input
            class="mono"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}"
            title="Letters, digits, '.', '_' and '-'"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Save</button>
      </form>
      <WhenLoaded loaded={loaded} retry={snapshots.refresh}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="No snapshot yet">A snapshot brings this state back later, in any session.</Empty>
          ) : (
            <ul class="plain list">
              {all.map(({ name, made }) => (
                <li key={name}>
                  <span>
                    <b>{name}</b> <span class="small">{ago(made, Date.now())}</span>
                  </span>
                  <span class="buttons">
                    <button type="button" onClick={() => void restore(name)}>
                      Restore<span class="hidden"> {name}</span>
                    </button>
                    <Confirm
                      label="Delete"
                      of={name}
                      question={`Delete ${name}?`}
                      onConfirm={() => void remove(name)}
                    />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </section>
  )
}

const restore = (name: string): Promise<boolean> =>
  perform(`The state is that of ${name}`, async () => {
    await change('POST', `${pathOf(name)}/restore`)
    await state.refresh()
  })

const remove = (name: string): Promise<boolean> =>
  perform(`${name} is deleted`, async () => {
    await change('DELETE', pathOf(name))
    await snapshots.refresh()
  })
