import type { JournalEntry } from '../../steer/journal/entry.js'
import { text } from '../api/client.js'
import { takenBy } from '../model/entries.js'
import { clock } from '../model/words.js'
import { Copy } from '../parts/copy.js'
import { Method, Source, Status } from '../parts/marks.js'
import { linkTo } from '../store/route.js'
import { Changes } from './changes.js'
import { Message } from './message.js'
import { Steps } from './steps.js'

/** One call: its way through the stand-in, what it broke, what it changed, and its two messages. */
export function EntryDetails({ entry }: { entry: JournalEntry }) {
  const { id, at, kind, operationId, request, reply, violations, steps, changes, nearest = [] } = entry
  return (
    <article class="entry">
      <a class="back" href={linkTo({ view: 'journal' })}>
        ← All calls
      </a>
      <header>
        <h1 tabIndex={-1} data-focus>
          <Status status={reply?.status} /> <Method method={request.method} />{' '}
          <span class="path">{request.url || 'no request line'}</span>
        </h1>
        <p class="small">
          Call {id} at {clock(at)}
          {kind !== undefined && `, ${takenBy(entry)}`}
          {operationId !== null && (
            <>
              , <a href={linkTo({ view: 'operations', id: operationId })}>{operationId}</a>
            </>
          )}
        </p>
        {kind !== 'unreadable' && (
          <div class="buttons">
            <Copy label="Copy as curl" text={() => text('GET', `/journal/${id}/curl`, { scoped: true })} />
          </div>
        )}
      </header>
      {violations.length > 0 && (
        <section class="card" aria-labelledby="violations-title">
          <h2 id="violations-title">How the request breaks the docs</h2>
          <ul class="violations">
            {violations.map((one, index) => (
              <li key={index}>
                <code>
                  {one.in} {one.name} {one.pointer}
                </code>{' '}
                {one.message} {one.docs !== undefined && <span class="small">The docs say: {one.docs}</span>}{' '}
                {one.source && <Source source={one.source} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {nearest.length > 0 && (
        <section class="card" aria-labelledby="nearest-title">
          <h2 id="nearest-title">The nearest documented operations</h2>
          <ul>
            {nearest.map(({ operation, differs }) => (
              <li key={operation}>
                <code>{operation}</code>: {differs}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Steps steps={steps} />
      {changes.length > 0 && <Changes changes={changes} />}
      <Message title="Request" message={request} />
      {reply && <Message title="Reply" message={reply} />}
    </article>
  )
}
