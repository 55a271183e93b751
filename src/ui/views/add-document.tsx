import { useState } from 'preact/hooks'
import { perform } from '../store/notice.js'
import { putDocument } from '../store/state.js'
import { JsonEditor } from './json-editor.js'

/** Adds a document to a collection that there is, or to a new one. */
export function AddDocument({ collections }: { collections: readonly string[] }) {
  const [open, setOpen] = useState(false)
  const [collection, setCollection] = useState(collections[0] ?? '')
  const [id, setId] = useState('')
  if (!open) {
    return (
      <button type="button" onClick={() => setOpen(true)}>
        Add a document
      </button>
    )
  }
  const add = (value: unknown): Promise<boolean> =>
    perform(`${collection}/${id} is added`, () => putDocument(collection, id, value))
  return (
    <section class="card" aria-label="Add a document">
      <div class="field-row">
        <label class="field">
          <span>Collection</span>
          <input
            class="mono"
            list="collections"
            value={collection}
            onInput={(event) => setCollection(event.currentTarget.value)}
          />
          <datalist id="collections">
            {collections.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>Id</span>
          <input class="mono" value={id} onInput={(event) => setId(event.currentTarget.value)} />
        </label>
      </div>
      <JsonEditor
        label="Document as JSON"
        text={'{\n  \n}'}
        onSave={async (value) => {
          if (collection !== '' && id !== '' && (await add(value))) setOpen(false)
        }}
        onCancel={() => setOpen(false)}
      />
    </section>
  )
}
