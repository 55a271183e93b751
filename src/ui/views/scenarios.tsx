import { change } from '../api/client.js'
import { count } from '../model/words.js'
import { Empty } from '../parts/empty.js'
import { WhenLoaded } from '../parts/failure.js'
import { perform } from '../store/notice.js'
import { overrides } from '../store/operations.js'
import { useLoaded } from '../store/resource.js'
import { activeScenario, scenarios } from '../store/state.js'
import { ActiveOverrides } from './active-overrides.js'
import type { ScenarioSummary } from '../api/shapes.js'

/** Named sets of overrides and state, from files; and all that is set in the session. */
export function ScenariosView() {
  const loaded = useLoaded(scenarios)
  const active = useLoaded(activeScenario).value ?? null
  const set = useLoaded(overrides)
  return (
    <div class="columns">
      <section aria-labelledby="scenarios-title">
        <h1 id="scenarios-title" tabIndex={-1} data-focus>
          Scenarios
        </h1>
        <WhenLoaded loaded={loaded} retry={scenarios.refresh}>
          {(all) =>
            all.length === 0 ? (
              <Empty title="No scenario yet">
                Put a file into the folder <code>scenarios/</code>, such as{' '}
                <code>scenarios/wrong-pin.json</code>:{' '}
                <code>{'{ "overrides": [{ "operationId": "…", "status": 401 }] }'}</code>. It is listed here
                at once.
              </Empty>
            ) : (
              <ul class="plain list card">
                {all.map((one) => (
                  <Row key={one.name} scenario={one} active={one.name === active} />
                ))}
              </ul>
            )
          }
        </WhenLoaded>
      </section>
      <section class="card aside" aria-labelledby="overrides-title">
        <h2 id="overrides-title">Set in this session</h2>
        <WhenLoaded loaded={set} retry={overrides.refresh}>
          {(all) => (
            <>
              <ActiveOverrides
                overrides={all.filter(({ spent }) => !spent)}
                empty="Nothing: every call is answered as documented. Set a reply where an operation is shown."
              />
              {all.length > 0 && (
                <button type="button" onClick={() => void stopAll()}>
                  Stop all
                </button>
              )}
            </>
          )}
        </WhenLoaded>
      </section>
    </div>
  )
}

function Row({ scenario, active }: { scenario: ScenarioSummary; active: boolean }) {
  const { name, file, description, overrides: set = 0, state, problem } = scenario
  return (
    <li>
      <span>
        <b>{name}</b> {active && <span class="tag tag-steered">on</span>} <code class="source">{file}</code>
        <br />
        <span class="small">
          {description !== undefined && `${description} · `}
          {problem === undefined ? `${count(set, 'override')}${state === true ? ', state' : ''}` : null}
        </span>
        {problem !== undefined && <span class="failure">{problem}</span>}
      </span>
      {problem === undefined && (
        <button
          type="button"
          class={active ? '' : 'primary'}
          onClick={() => void (active ? leave() : enter(name))}
        >
          {active ? 'Switch off' : 'Switch on'}
          <span class="hidden"> {name}</span>
        </button>
      )}
    </li>
  )
}

const refresh = (): Promise<unknown> => Promise.all([activeScenario.refresh(), overrides.refresh()])

const enter = (name: string): Promise<boolean> =>
  perform(`The scenario ${name} is on`, async () => {
    await change('PUT', '/scenario', { name })
    await refresh()
  })

const leave = (): Promise<boolean> =>
  perform('The scenario is off', async () => {
    await change('DELETE', '/scenario')
    await refresh()
  })

const stopAll = (): Promise<boolean> =>
  perform('Nothing is set any more', async () => {
    await change('DELETE', '/overrides')
    await refresh()
  })
