import { explainHeaders } from '../model/explain-headers.js'
import { size } from '../model/words.js'
import { Body } from '../parts/json.js'
import { Source, Status } from '../parts/marks.js'
import type { Attempt } from '../store/attempt.js'
import { linkTo } from '../store/route.js'

/** What came of a request that was tried, and why. */
export function Answer({ answer }: { answer: Attempt }) {
  if ('lost' in answer) {
    return (
      <div class="answer">
        <h3>
          Answer <Status status={undefined} /> <span class="small">after {answer.ms} ms</span>
        </h3>
        <p>{answer.lost}</p>
        <JournalLink />
      </div>
    )
  }
  const { status, statusText, headers, body, cut, ms } = answer
  const own = explainHeaders(headers)
  const others = headers.filter(([name]) => !name.startsWith('standin-'))
  return (
    <div class="answer">
      <h3>
        Answer <Status status={status} /> {statusText}{' '}
        <span class="small">
          {ms} ms, {size(new TextEncoder().encode(body).length)}
        </span>
      </h3>
      {own.length > 0 && (
        <dl class="explained">
          {own.map(({ name, value, meaning, source }) => (
            <div key={name}>
              <dt title={value}>{name}</dt>
              <dd>
                {meaning} {source !== undefined && <Source source={source} />}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {cut === true && <p class="failure">The connection ended before the body was whole.</p>}
      {body === '' ? (
        <p class="small">The answer has no body.</p>
      ) : (
        <Body text={body} label="Body of the answer" />
      )}
      <details>
        <summary>{others.length} other headers</summary>
        <dl class="headers-list">
          {others.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <JournalLink />
    </div>
  )
}

const JournalLink = () => (
  <p class="small">
    <a href={linkTo({ view: 'journal' })}>The journal</a> tells each step of it.
  </p>
)
