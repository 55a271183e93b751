import { useEffect } from 'preact/hooks'
import { byVersion, replicaLine } from '../model/replicas.js'
import { about, replicas } from '../store/about.js'

/** Milliseconds between two looks at the other replicas, while there are any. */
const OFTEN = 10_000

/** Says that the replicas behind one address do not serve the same: which of them answers is chance. */
export function ReplicaStrip() {
  const likeness = about.state.value.value?.replicas
  const several = (likeness?.count ?? 1) > 1
  useEffect(() => {
    const timer = several ? setInterval(() => void about.refresh(), OFTEN) : undefined
    return () => clearInterval(timer)
  }, [several])
  if (!likeness || likeness.alike) return null
  return (
    <aside class="strip" aria-label="Replicas">
      <details onToggle={() => void replicas.refresh()}>
        <summary>
          <span role="alert">
            <b>Replicas differ.</b> {likeness.reason}
          </span>
        </summary>
        <ReplicaList />
      </details>
    </aside>
  )
}

function ReplicaList() {
  const { value, failure } = replicas.state.value
  if (!value) return <p class="small">{failure?.message ?? 'Asking …'}</p>
  return (
    <ul class="plain">
      {byVersion(value).map((one) => (
        <li key={one.id}>{replicaLine(one, Date.now())}</li>
      ))}
    </ul>
  )
}
