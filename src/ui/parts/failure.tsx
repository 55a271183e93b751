import type { ComponentChildren } from 'preact'
import type { ApiFailure } from '../api/problem.js'
import type { Loaded } from '../store/resource.js'

/** Why something is not shown, and the way to try again. */
export function Failure({ failure, retry }: { failure: ApiFailure; retry: () => unknown }) {
  return (
    <div class="failure" role="alert">
      <p>
        {failure.message}
        {failure.code !== undefined && <code class="code-tag">{failure.code}</code>}
      </p>
      <button type="button" onClick={() => void retry()}>
        Try again
      </button>
    </div>
  )
}

interface WhenLoadedProps<T> {
  readonly loaded: Loaded<T>
  readonly retry: () => unknown
  readonly children: (value: T) => ComponentChildren
}

/** What is shown once it is there, and what till then. */
export function WhenLoaded<T>({ loaded, retry, children }: WhenLoadedProps<T>) {
  const { value, failure } = loaded
  if (failure) return <Failure failure={failure} retry={retry} />
  if (value === undefined) return <p class="loading">Loading…</p>
  return <>{children(value)}</>
}
