import type { Draft } from '../model/request-draft.js'

interface HeaderFieldsProps {
  readonly headers: Draft['headers']
  readonly onChange: (headers: Draft['headers']) => void
}

/** The headers of a request, a row each. */
export function HeaderFields({ headers, onChange }: HeaderFieldsProps) {
  const set = (index: number, more: Partial<Draft['headers'][number]>): void =>
    onChange(headers.map((one, at) => (at === index ? { ...one, ...more } : one)))
  return (
    <fieldset class="headers">
      <legend>Headers</legend>
      {headers.map(({ name, value }, index) => (
        <div class="header-row" key={index}>
          <input
            class="mono"
            aria-label={`Name of header ${index + 1}`}
            value={name}
            onInput={(event) => set(index, { name: event.currentTarget.value })}
          />
          <input
            class="mono"
            aria-label={`Value of ${name === '' ? `header ${index + 1}` : name}`}
            value={value}
            onInput={(event) => set(index, { value: event.currentTarget.value })}
          />
          <button type="button" class="quiet" onClick={() => onChange(headers.toSpliced(index, 1))}>
            Remove<span class="hidden"> {name}</span>
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => onChange([...headers, { name: '', value: '' }])}>
        Add a header
      </button>
    </fieldset>
  )
}
