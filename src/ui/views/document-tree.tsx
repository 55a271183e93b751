import { useState } from 'preact/hooks'
import { stringifyExact } from '../../operation/json.js'
import { isMembers, type Path, removeAt, setAt } from '../model/edit-tree.js'
import { Confirm } from '../parts/confirm.js'
import { perform } from '../store/notice.js'
import { putDocument, removeDocument } from '../store/state.js'
import { JsonEditor } from './json-editor.js'
import { type Edit, Members } from './tree.js'

interface DocumentTreeProps {
  readonly collection: string
  readonly id: string
  readonly document: unknown
}

/** One document: a tree whose values can be changed in place, or JSON to be written over. */
export function DocumentTree({ collection, id, document }: DocumentTreeProps) {
  const [asText, setAsText] = useState(false)
  const name = `${collection}/${id}`
  const save = (changed: unknown): Promise<boolean> =>
    perform(`${name} is saved`, () => putDocument(collection, id, changed))
  const edit: Edit = {
    set: (path: Path, value: unknown) => save(setAt(document, path, value)),
    remove: (path: Path) => save(removeAt(document, path)),
  }
  return (
    <details class="document">
      <summary>
        <b>{id}</b> <span class="small preview">{stringifyExact(document)}</span>
      </summary>
      {asText ? (
        <JsonEditor
          label={`${name} as JSON`}
          text={stringifyExact(document, 2)}
          onSave={async (value) => {
            if (await save(value)) setAsText(false)
          }}
          onCancel={() => setAsText(false)}
        />
      ) : (
        <Members value={isMembers(document) ? document : {}} path={[]} name={name} edit={edit} />
      )}
      <div class="buttons">
        {!asText && (
          <button type="button" onClick={() => setAsText(true)}>
            Edit as JSON<span class="hidden"> {name}</span>
          </button>
        )}
        <Confirm
          label="Delete"
          of={name}
          question={`Delete ${name}?`}
          onConfirm={() => void perform(`${name} is deleted`, () => removeDocument(collection, id))}
        />
      </div>
    </details>
  )
}
