import { size } from '../model/words.js'
import { Body } from '../parts/json.js'

interface MessageProps {
  readonly title: 'Request' | 'Reply'
  readonly message: {
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
    readonly bodySize: number
    readonly bodyCut?: boolean
  }
}

/** One of the two messages of a call, secrets taken out. */
export function Message({ title, message: { headers, body, bodySize, bodyCut } }: MessageProps) {
  const all = Object.entries(headers)
  return (
    <section class="card" aria-label={title}>
      <details open>
        <summary>
          <h2>{title}</h2> <span class="small">{size(bodySize)}</span>
        </summary>
        <dl class="headers-list">
          {all.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {body !== undefined && body !== '' && (
          <Body text={body} label={`Body of the ${title.toLowerCase()}`} />
        )}
        {bodyCut === true && <p class="small">Only its beginning is kept.</p>}
        {body === undefined && bodySize > 0 && <p class="small">The body is not text.</p>}
      </details>
    </section>
  )
}
