import { stringifyExact } from '../../operation/json.js'
import type { StateChange } from '../../steer/journal/entry.js'
import { Body } from '../parts/json.js'

/** What a call changed in the state. */
export function Changes({ changes }: { changes: readonly StateChange[] }) {
  return (
    <section class="card" aria-labelledby="changes-title">
      <h2 id="changes-title">What it changed</h2>
      {changes.map(({ collection, id, before, after }, index) => (
        <div key={index}>
          <h3>
            <code>
              {collection}/{id}
            </code>{' '}
            <span class="small">{before === null ? 'made' : after === null ? 'removed' : 'changed'}</span>
          </h3>
          <div class="before-after">
            <div>
              <p class="label">Before</p>
              <Body text={stringifyExact(before ?? null)} label={`${collection}/${id} before`} />
            </div>
            <div>
              <p class="label">After</p>
              <Body text={stringifyExact(after ?? null)} label={`${collection}/${id} after`} />
            </div>
          </div>
        </div>
      ))}
    </section>
  )
}
