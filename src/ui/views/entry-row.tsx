import type { JournalEntry } from '../../steer/journal/entry.js'
import { takenBy } from '../model/entries.js'
import { clock } from '../model/words.js'
import { Method, Status } from '../parts/marks.js'
import { linkTo } from '../store/route.js'

/** One call in a line. */
export function EntryRow({ entry, chosen }: { entry: JournalEntry; chosen: boolean }) {
  const { id, at, request, reply, ms, violations, changes, steps } = entry
  const steered = steps.some(({ stage, outcome }) => stage === 'steer' && outcome !== 'none')
  return (
    <li>
      <a
        class="row call"
        href={linkTo({ view: 'journal', id: String(id) })}
        aria-current={chosen ? 'true' : undefined}
      >
        <Status status={reply?.status} />
        <span class="row-main">
          <span class="path">
            <Method method={request.method} /> {request.url || 'no request line'}
          </span>
          <span class="small">
            {clock(at)} · {takenBy(entry)}
            {ms !== undefined && ` · ${ms} ms`}
            {violations.length > 0 && <span class="tag tag-bad">breaks the docs</span>}
            {steered && <span class="tag tag-steered">steered</span>}
            {changes.length > 0 && <span class="tag">changed state</span>}
          </span>
        </span>
      </a>
    </li>
  )
}
