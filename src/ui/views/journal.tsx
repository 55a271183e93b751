import { useState } from 'preact/hooks'
import { change, urlOf } from '../api/client.js'
import { type EntryFilter, filterEntries, MOST_ENTRIES } from '../model/entries.js'
import { Confirm } from '../parts/confirm.js'
import { Empty } from '../parts/empty.js'
import { Failure } from '../parts/failure.js'
import { connection, entries, restart } from '../store/journal.js'
import { perform } from '../store/notice.js'
import { go, linkTo, route } from '../store/route.js'
import { token } from '../store/token.js'
import { EntryDetails } from './entry.js'
import { EntryRow } from './entry-row.js'
import { ExportHar } from './export-har.js'

const KINDS: readonly { readonly kind: EntryFilter['kind']; readonly label: string }[] = [
  { kind: 'all', label: 'All' },
  { kind: 'trouble', label: 'Breaks the docs' },
  { kind: 'steered', label: 'Steered' },
]

/** The calls as they come, and one of them with each step explained. */
export function JournalView() {
  const [filter, setFilter] = useState<EntryFilter>({ text: '', kind: 'all' })
  const { id } = route.value
  const all = entries.value
  const shown = filterEntries(all, filter)
  const chosen = all.find((entry) => String(entry.id) === id)
  const state = connection.value
  return (
    <div class={id === '' ? 'split split-wide' : 'split split-wide split-chosen'}>
      <section class="split-list" aria-labelledby="journal-title">
        <div class="title-row">
          <h1 id="journal-title" tabIndex={-1}>
            Journal
          </h1>
          <ExportHar url={urlOf('/journal.har', { scoped: true })} token={token.value} />
          <Confirm label="Clear" of="the journal" question="Forget all calls?" onConfirm={clear} />
        </div>
        <div class="filters">
          <input
            type="search"
            aria-label="Filter calls"
            placeholder="Filter by path, operation, status"
            value={filter.text}
            onInput={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          />
          <div class="segments" role="group" aria-label="Which calls">
            {KINDS.map(({ kind, label }) => (
              <button
                type="button"
                key={kind}
                aria-pressed={filter.kind === kind}
                onClick={() => setFilter({ ...filter, kind })}
              >
                {label}
              </button>
            ))}
          </div>
        </div>
        {typeof state === 'object' && <Failure failure={state} retry={restart} />}
        {shown.length === 0 && typeof state === 'string' && <NoCalls any={all.length > 0} />}
        <ol class="plain calls" reversed>
          {shown.map((entry) => (
            <EntryRow key={entry.id} entry={entry} chosen={entry === chosen} />
          ))}
        </ol>
        {all.length === MOST_ENTRIES && <p class="small">The newest {MOST_ENTRIES} calls are shown.</p>}
      </section>
      <div class="split-detail">
        {chosen ? <EntryDetails key={id} entry={chosen} /> : <NoneChosen id={id} />}
      </div>
    </div>
  )
}

const clear = (): Promise<boolean> =>
  perform('The journal is empty', async () => {
    await change('DELETE', '/journal')
    entries.value = []
    if (route.value.id !== '') go({ view: 'journal' })
  })

const NoCalls = ({ any }: { any: boolean }) =>
  any ? (
    <Empty title="No call fits the filter">Take a word away, or choose All.</Empty>
  ) : (
    <Empty title="No call yet">
      Calls of this session are shown here as they come.{' '}
      <a href={linkTo({ view: 'operations' })}>Try an operation</a> or point your application at this address.
    </Empty>
  )

const NoneChosen = ({ id }: { id: string }) =>
  id === '' ? (
    <Empty title="Choose a call">Each step of its way is explained here: what was decided, and why.</Empty>
  ) : (
    <Empty title={`There is no call ${id} here`}>
      It is of another session, was cleared, or is older than what the journal keeps.
    </Empty>
  )
