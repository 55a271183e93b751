import { useEffect } from 'preact/hooks'
import { change } from '../api/client.js'
import { count } from '../model/words.js'
import { Confirm } from '../parts/confirm.js'
import { Empty } from '../parts/empty.js'
import { WhenLoaded } from '../parts/failure.js'
import { calls } from '../store/journal.js'
import { perform } from '../store/notice.js'
import { useLoaded } from '../store/resource.js'
import { state } from '../store/state.js'
import { AddDocument } from './add-document.js'
import { DocumentTree } from './document-tree.js'
import { IssueToken } from './issue-token.js'
import { Snapshots } from './snapshots.js'

/** What the mocked API remembers, to be changed, taken back, put aside. */
export function StateView() {
  const loaded = useLoaded(state)
  const seen = calls.value
  useEffect(() => void (seen > 0 && state.refresh()), [seen])
  return (
    <div class="columns">
      <section aria-labelledby="state-title">
        <div class="title-row">
          <h1 id="state-title" tabIndex={-1} data-focus>
            State
          </h1>
          <Confirm
            label="Reset"
            of="the state"
            question="Back to the fixtures?"
            onConfirm={() => void reset()}
          />
        </div>
        <WhenLoaded loaded={loaded} retry={state.refresh}>
          {(collections) => (
            <>
              {Object.keys(collections).length === 0 && (
                <Empty title="Nothing is remembered yet">
                  What calls create is shown here. A document can be added by hand too.
                </Empty>
              )}
              {Object.entries(collections).map(([collection, documents]) => (
                <section key={collection} class="card collection" aria-label={`Collection ${collection}`}>
                  <h2>
                    {collection} <span class="small">{count(Object.keys(documents).length, 'document')}</span>
                  </h2>
                  {Object.entries(documents).map(([id, document]) => (
                    <DocumentTree key={id} collection={collection} id={id} document={document} />
                  ))}
                </section>
              ))}
              <AddDocument collections={Object.keys(collections)} />
            </>
          )}
        </WhenLoaded>
      </section>
      <div>
        <Snapshots />
        <IssueToken />
      </div>
    </div>
  )
}

const reset = (): Promise<boolean> =>
  perform('The state is what the fixtures say', async () => {
    await change('POST', '/state/reset')
    await state.refresh()
  })
