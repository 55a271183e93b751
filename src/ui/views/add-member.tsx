import { useState } from 'preact/hooks'
import { JsonEditor } from './json-editor.js'

interface AddMemberProps {
  /** What it is added to. */
  readonly to: string
  /** Whether what is added has a name; items of lists have none. */
  readonly named: boolean
  readonly onAdd: (name: string, value: unknown) => Promise<boolean>
}

/** Adds a member to an object, or an item to a list. */
export function AddMember({ to, named, onAdd }: AddMemberProps) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  if (!open) {
    return (
      <button type="button" class="quiet add" onClick={() => setOpen(true)}>
        Add<span class="hidden"> to {to}</span>
      </button>
    )
  }
  const close = (): void => {
    setOpen(false)
    setName('')
  }
  return (
    <div class="add-form" role="group" aria-label={`Add to ${to}`}>
      {named && (
        <label class="field">
          <span>Name</span>
          <input class="mono" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
      )}
      <JsonEditor
        label="Value as JSON"
        text={'""'}
        rows={1}
        onSave={async (value) => {
          if (await onAdd(name, value)) close()
        }}
        onCancel={close}
      />
    </div>
  )
}
