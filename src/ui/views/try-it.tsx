import { useRef, useState } from 'preact/hooks'
import type { OperationDetail } from '../api/shapes.js'
import { curlOf, type Draft, draftOf, notSent } from '../model/request-draft.js'
import { Copy } from '../parts/copy.js'
import { apiOrigin, type Attempt, attempt } from '../store/attempt.js'
import { sessionName } from '../store/route.js'
import { Answer } from './answer.js'
import { HeaderFields } from './header-fields.js'

/** The documented request, filled in, to be changed and sent from here. */
export function TryIt({ operation }: { operation: OperationDetail }) {
  const { sample } = operation
  const [draft, setDraft] = useState<Draft>(() => draftOf(sample))
  const [answer, setAnswer] = useState<Attempt | undefined>(undefined)
  const waiting = useRef<AbortController | undefined>(undefined)
  const [isWaiting, setWaiting] = useState(false)
  const set = (more: Partial<Draft>): void => setDraft({ ...draft, ...more })

  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    const stop = new AbortController()
    waiting.current = stop
    setWaiting(true)
    setAnswer(undefined)
    setAnswer(await attempt(draft, stop.signal))
    setWaiting(false)
  }

  return (
    <section class="card" aria-labelledby="try-title">
      <h2 id="try-title">Try it</h2>
      <form class="try" onSubmit={(event) => void send(event)}>
        <label class="field">
          <span>{draft.method} path and query</span>
          <input
            class="mono"
            required
            pattern="/.*"
            value={draft.url}
            onInput={(event) => set({ url: event.currentTarget.value })}
          />
        </label>
        <HeaderFields headers={draft.headers} onChange={(headers) => set({ headers })} />
        <label class="field">
          <span>Body</span>
          <textarea
            class="mono"
            rows={Math.min(14, Math.max(3, draft.body.split('\n').length))}
            spellcheck={false}
            value={draft.body}
            onInput={(event) => set({ body: event.currentTarget.value })}
          />
        </label>
        {[...sample.notes, ...notSent(draft)].map((note) => (
          <p class="small" key={note}>
            {note}
          </p>
        ))}
        <div class="buttons">
          <button type="submit" class="primary" disabled={isWaiting}>
            {isWaiting ? 'Waiting for the answer…' : 'Send'}
          </button>
          {isWaiting && (
            <button type="button" onClick={() => waiting.current?.abort()}>
              Stop waiting
            </button>
          )}
          <Copy label="Copy as curl" text={() => curlOf(inSession(draft), apiOrigin())} />
          <button type="button" onClick={() => setDraft(draftOf(sample))}>
            As documented
          </button>
        </div>
      </form>
      <div aria-live="polite">{answer && <Answer answer={answer} />}</div>
    </section>
  )
}

function inSession(draft: Draft): Draft {
  const session = sessionName.value
  if (session === '') return draft
  return { ...draft, headers: [...draft.headers, { name: 'Standin-Session', value: session }] }
}
