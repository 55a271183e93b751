import { useState } from 'preact/hooks'
import { parseExact, stringifyExact } from '../../operation/json.js'
import { type Path, pointerOf } from '../model/edit-tree.js'
import { jsonTokens } from '../model/json-tokens.js'
import type { Edit } from './tree.js'

interface LeafProps {
  readonly value: unknown
  readonly path: Path
  readonly name: string
  readonly edit: Edit
}

/** A member that holds a plain value, shown as JSON and changed as JSON, so that its type is never guessed. */
export function Leaf({ value, path, name, edit }: LeafProps) {
  const [text, setText] = useState<string | undefined>(undefined)
  const [fault, setFault] = useState('')
  const shown = stringifyExact(value)
  const label = name + pointerOf(path)
  const stop = (): void => {
    setText(undefined)
    setFault('')
  }
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    let parsed: unknown
    try {
      parsed = parseExact(text ?? '')
    } catch (error) {
      setFault(`${error instanceof Error ? error.message : String(error)}. Text needs double quotes.`)
      return
    }
    if (await edit.set(path, parsed)) stop()
  }
  if (text === undefined) {
    return (
      <span class="leaf">
        <span class="json-key">{path.at(-1)}</span>
        <button type="button" class="leaf-value" onClick={() => setText(shown)}>
          <span class={`json-${jsonTokens(shown)[0]?.kind ?? 'other'}`}>{shown}</span>
          <span class="hidden">, change {label}</span>
        </button>
        <button type="button" class="quiet" onClick={() => void edit.remove(path)}>
          Remove<span class="hidden"> {label}</span>
        </button>
      </span>
    )
  }
  return (
    <form class="leaf" onSubmit={(event) => void save(event)}>
      <span class="json-key">{path.at(-1)}</span>
      <input
        class="mono"
        aria-label={`${label} as JSON`}
        aria-invalid={fault !== ''}
        value={text}
        ref={focusOnce}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && stop()}
      />
      <button type="submit">Save</button>
      <button type="button" onClick={stop}>
        Cancel
      </button>
      {fault !== '' && (
        <span class="failure" role="alert">
          {fault}
        </span>
      )}
    </form>
  )
}

/** Kept as one function, so that it runs when the field appears and not with each key. */
const focusOnce = (input: HTMLInputElement | null): void => input?.select()
