import { change } from '../api/client.js'
import type { ActiveOverride } from '../api/shapes.js'
import { describeOverride } from '../model/choices.js'
import { count } from '../model/words.js'
import { perform } from '../store/notice.js'
import { overrides } from '../store/operations.js'

interface ActiveOverridesProps {
  readonly overrides: readonly ActiveOverride[]
  /** What is said where there is none. */
  readonly empty: string
}

/** What is set, the one that is taken first at the top, each with a button that ends it. */
export function ActiveOverrides({ overrides: shown, empty }: ActiveOverridesProps) {
  if (shown.length === 0) return <p class="small next-none">{empty}</p>
  return (
    <ul class="plain active">
      {shown.map((one) => (
        <li key={one.id}>
          <span class="active-mark" aria-hidden="true" />
          <span>
            <b>{describeOverride(one)}</b>{' '}
            <span class="small">
              <code>{one.id}</code>
              {one.operationId === undefined && ', every operation'}
              {one.scenario !== undefined && `, of scenario ${one.scenario}`}
              {one.used > 0 && `, used ${count(one.used, 'time')}`}
            </span>
          </span>
          <button type="button" onClick={() => void stop(one.id)}>
            Stop<span class="hidden"> {describeOverride(one)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const stop = (id: string): Promise<boolean> =>
  perform('Stopped: the docs are answered again', async () => {
    await change('DELETE', `/overrides/${encodeURIComponent(id)}`)
    await overrides.refresh()
  })
