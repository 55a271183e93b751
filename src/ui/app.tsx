import { useEffect, useRef } from 'preact/hooks'
import { Header } from './parts/header.js'
import { NoticeBar } from './parts/notice-bar.js'
import { ReplicaStrip } from './parts/replica-strip.js'
import { TokenForm } from './parts/token-form.js'
import { about } from './store/about.js'
import { useLoaded } from './store/resource.js'
import { route } from './store/route.js'
import { tokenWanted } from './store/token.js'
import { CoverageView } from './views/coverage.js'
import { FindingsView } from './views/findings.js'
import { JournalView } from './views/journal.js'
import { OperationsView } from './views/operations.js'
import { ScenariosView } from './views/scenarios.js'
import { SessionsView } from './views/sessions.js'
import { StateView } from './views/state.js'
import type { View } from './model/route.js'

const VIEW_OF = {
  operations: OperationsView,
  journal: JournalView,
  state: StateView,
  sessions: SessionsView,
  scenarios: ScenariosView,
  coverage: CoverageView,
  findings: FindingsView,
} as const satisfies Record<View, () => preact.JSX.Element>

/** The whole page. */
export function App() {
  const { value } = useLoaded(about)
  const { view, id } = route.value
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    document.title = `${id === '' ? view : id} · ${value?.title ?? 'API'} · Standin`
  }, [view, id, value?.title])
  useEffect(() => {
    // Whoever does not see the page change is taken to what is new.
    if (!first.current) (main.current?.querySelector<HTMLElement>('[data-focus]') ?? main.current)?.focus()
    first.current = false
  }, [view, id])
  const Shown = VIEW_OF[view]
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => skipTo(event, main.current)}>
        Skip to the content
      </a>
      <Header />
      <ReplicaStrip />
      <main id="main" ref={main} tabIndex={-1} class={`view view-${view}`}>
        {tokenWanted.value ? <TokenForm /> : <Shown />}
      </main>
      <NoticeBar />
    </>
  )
}

/** The address holds where one is, so that the link must not change it. */
function skipTo(event: Event, main: HTMLElement | null): void {
  event.preventDefault()
  main?.focus()
}
