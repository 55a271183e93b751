import { useEffect, useState } from 'preact/hooks'
import type { Coverage, OperationCoverage, Share } from '../api/shapes.js'
import { count } from '../model/words.js'
import { Empty } from '../parts/empty.js'
import { WhenLoaded } from '../parts/failure.js'
import { Method, Status } from '../parts/marks.js'
import { calls } from '../store/journal.js'
import { coverage, coverageOfSession } from '../store/reports.js'
import { useLoaded } from '../store/resource.js'
import { linkTo } from '../store/route.js'

/** The docs against the calls that were made. */
export function CoverageView() {
  const loaded = useLoaded(coverage)
  const seen = calls.value
  const ofSession = coverageOfSession.value
  useEffect(() => void coverage.refresh(), [seen, ofSession])
  return (
    <section aria-labelledby="coverage-title">
      <div class="title-row">
        <h1 id="coverage-title" tabIndex={-1} data-focus>
          Coverage
        </h1>
        <div class="segments" role="group" aria-label="Whose calls">
          <button type="button" aria-pressed={!ofSession} onClick={choose(false)}>
            All sessions
          </button>
          <button type="button" aria-pressed={ofSession} onClick={choose(true)}>
            This session
          </button>
        </div>
      </div>
      <WhenLoaded loaded={loaded} retry={coverage.refresh}>
        {(found) => <Found found={found} />}
      </WhenLoaded>
    </section>
  )
}

const choose = (own: boolean) => (): void => {
  coverageOfSession.value = own
}

/** Rows that are shown at once. */
const MOST = 200

function Found({ found: { operations, responses, examples, byOperation, unknown } }: { found: Coverage }) {
  const [most, setMost] = useState(MOST)
  if (byOperation.length === 0) {
    return <Empty title="Nothing to cover">The docs describe no operation.</Empty>
  }
  return (
    <>
      <div class="shares">
        <ShareBar label="Operations" share={operations} />
        <ShareBar label="Documented replies" share={responses} />
        <ShareBar label="Examples" share={examples} />
      </div>
      <div class="scroll card" tabIndex={0} role="region" aria-label="Calls by operation">
        <table>
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col">Calls</th>
              <th scope="col">Documented replies</th>
              <th scope="col">Not documented</th>
            </tr>
          </thead>
          <tbody>
            {byOperation.slice(0, most).map((one) => (
              <Row key={one.operationId} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      {byOperation.length > most && (
        <button type="button" onClick={() => setMost(most + MOST)}>
          Show {byOperation.length - most} more
        </button>
      )}
      <h2>Called, but not documented</h2>
      {unknown.length === 0 ? (
        <p class="small">None: every call was one of a documented operation.</p>
      ) : (
        <ul class="card">
          {unknown.map(({ method, path, times, reason }) => (
            <li key={`${method} ${path}`}>
              <Method method={method} /> <span class="path">{path}</span> {count(times, 'time')}
              <div class="small">{reason}</div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ShareBar({ label, share: { covered, total, percent } }: { label: string; share: Share }) {
  return (
    <div class="share">
      <span class="share-label">{label}</span>
      <span class="share-number">
        {covered} <span class="small">of {total}</span>
      </span>
      <meter min={0} max={100} value={percent} aria-label={`${label}: ${percent} percent`} />
    </div>
  )
}

function Row({ one }: { one: OperationCoverage }) {
  const { operationId, method, path, calls: made, responses, undocumented } = one
  return (
    <tr class={made === 0 ? 'never' : undefined}>
      <th scope="row">
        <a href={linkTo({ view: 'operations', id: operationId })}>
          <Method method={method} /> <span class="path">{path}</span>
        </a>
      </th>
      <td>{made === 0 ? <span class="tag">never</span> : made}</td>
      <td>
        {responses.map(({ status, times }) => (
          <span key={status} class={times === 0 ? 'times times-none' : 'times'}>
            <Status status={status} /> × {times}
          </span>
        ))}
      </td>
      <td>
        {undocumented.map(({ status, times }) => (
          <span key={status} class="times">
            <Status status={status} /> × {times}
          </span>
        ))}
      </td>
    </tr>
  )
}
