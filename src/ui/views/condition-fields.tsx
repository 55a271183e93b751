import { useRef } from 'preact/hooks'
import { type ConditionRow, hasValue, HOWS, NEW_ROW, PLACES } from '../model/conditions.js'

interface ConditionFieldsProps {
  readonly rows: readonly ConditionRow[]
  readonly onChange: (rows: readonly ConditionRow[]) => void
}

/** Which calls a reply is for: a row for each thing that must hold. */
export function ConditionFields({ rows, onChange }: ConditionFieldsProps) {
  const add = useRef<HTMLButtonElement>(null)
  const set = (index: number, more: Partial<ConditionRow>): void =>
    onChange(rows.map((one, at) => (at === index ? { ...one, ...more } : one)))
  const remove = (index: number): void => {
    onChange(rows.toSpliced(index, 1))
    // What had the focus is gone.
    add.current?.focus()
  }
  return (
    <fieldset class="conditions">
      <legend>Only calls of which all of this holds</legend>
      {rows.map((row, index) => (
        <Row
          key={index}
          row={row}
          of={index + 1}
          onChange={(more) => set(index, more)}
          onRemove={() => remove(index)}
        />
      ))}
      <button type="button" class="quiet" ref={add} onClick={() => onChange([...rows, NEW_ROW])}>
        Add a condition
      </button>
    </fieldset>
  )
}

interface RowProps {
  readonly row: ConditionRow
  readonly of: number
  readonly onChange: (more: Partial<ConditionRow>) => void
  readonly onRemove: () => void
}

function Row({ row, of, onChange, onRemove }: RowProps) {
  const { place, name, how, value } = row
  const hint = PLACES.find((one) => one.place === place)?.hint
  return (
    <div class="condition-row">
      <select
        aria-label={`Where condition ${of} looks`}
        value={place}
        onChange={({ currentTarget }) =>
          onChange({ place: PLACES.find((one) => one.place === currentTarget.value)?.place ?? place })
        }
      >
        {PLACES.map((one) => (
          <option key={one.place} value={one.place}>
            {one.label}
          </option>
        ))}
      </select>
      <input
        class="mono"
        aria-label={place === 'body' ? `JSON pointer of condition ${of}` : `Name of condition ${of}`}
        placeholder={hint}
        value={name}
        onInput={(event) => onChange({ name: event.currentTarget.value })}
      />
      <select
        aria-label={`How condition ${of} compares`}
        value={how}
        onChange={({ currentTarget }) =>
          onChange({ how: HOWS.find((one) => one.how === currentTarget.value)?.how ?? how })
        }
      >
        {HOWS.map((one) => (
          <option key={one.how} value={one.how}>
            {one.label}
          </option>
        ))}
      </select>
      <input
        class="mono"
        aria-label={`Value of condition ${of}`}
        disabled={!hasValue(row)}
        value={value}
        onInput={(event) => onChange({ value: event.currentTarget.value })}
      />
      <button type="button" class="quiet" onClick={onRemove}>
        Remove<span class="hidden"> condition {of}</span>
      </button>
    </div>
  )
}
