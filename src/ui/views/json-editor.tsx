import { useState } from 'preact/hooks'
import { parseExact } from '../../operation/json.js'

interface JsonEditorProps {
  readonly label: string
  readonly text: string
  readonly rows?: number
  readonly onSave: (value: unknown) => unknown
  readonly onCancel: () => void
}

/** JSON to be written over; says where it is none. */
export function JsonEditor({ label, text: first, rows, onSave, onCancel }: JsonEditorProps) {
  const [text, setText] = useState(first)
  const [fault, setFault] = useState('')
  const save = (event: Event): void => {
    event.preventDefault()
    try {
      const value = parseExact(text)
      setFault('')
      onSave(value)
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <form class="json-editor" onSubmit={save}>
      <label class="field">
        <span>{label}</span>
        <textarea
          class="mono"
          rows={rows ?? Math.min(20, text.split('\n').length + 1)}
          spellcheck={false}
          aria-invalid={fault !== ''}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {fault !== '' && (
        <p class="failure" role="alert">
          {fault}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary">
          Save
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
