import { useEffect, useRef } from 'preact/hooks'
import { type View, VIEWS } from '../model/route.js'
import { about } from '../store/about.js'
import { connection, entries } from '../store/journal.js'
import { linkTo, route } from '../store/route.js'
import { SessionSwitch } from './session-switch.js'

const NAMES: Readonly<Record<View, string>> = {
  operations: 'Operations',
  journal: 'Journal',
  state: 'State',
  sessions: 'Sessions',
  scenarios: 'Scenarios',
  coverage: 'Coverage',
  findings: 'Findings',
}

/** Which API this is, the parts of the page, and the session. */
export function Header() {
  const { value } = about.state.value
  const tabs = useRef<HTMLElement>(null)
  const { view: shown } = route.value
  useEffect(() => {
    // On a phone not all of them fit.
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [shown])
  return (
    <header class="top">
      <div class="top-row">
        <a class="brand" href={linkTo({ view: 'operations' })}>
          <span class="brand-name">Standin</span>
          <span class="brand-for">for {value?.title ?? '…'}</span>
        </a>
        <SessionSwitch />
      </div>
      <nav aria-label="Parts of the page" class="tabs" ref={tabs}>
        {VIEWS.map((view) => (
          <a key={view} href={linkTo({ view })} aria-current={shown === view ? 'page' : undefined}>
            {NAMES[view]}
            {view === 'journal' && <JournalState />}
          </a>
        ))}
      </nav>
    </header>
  )
}

function JournalState() {
  const live = connection.value === 'live'
  return (
    <span class="tab-count" title={live ? 'Live' : 'Not live'}>
      <span class={live ? 'dot dot-live' : 'dot'} aria-hidden="true" />
      {entries.value.length}
      <span class="hidden">{live ? ' calls, live' : ' calls, not live'}</span>
    </span>
  )
}
