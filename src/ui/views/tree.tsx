import { useState } from 'preact/hooks'
import { isMembers, type Path, pointerOf } from '../model/edit-tree.js'
import { AddMember } from './add-member.js'
import { Leaf } from './leaf.js'

/** What can be done to a document, by paths into it. Resolves with whether it was done. */
export interface Edit {
  readonly set: (path: Path, value: unknown) => Promise<boolean>
  readonly remove: (path: Path) => Promise<boolean>
}

interface NodeProps {
  readonly value: unknown
  readonly path: Path
  /** Of the document, for labels. */
  readonly name: string
  readonly edit: Edit
}

/** So many members are shown at once. */
const MOST = 200

/** The members of an object, or the items of a list, and a way to add one. */
export function Members({ value, path, name, edit }: NodeProps) {
  const [most, setMost] = useState(MOST)
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index): [number, unknown] => [index, item])
    : Object.entries(isMembers(value) ? value : {})
  return (
    <>
      <ul class="tree">
        {entries.slice(0, most).map(([key, member]) => (
          <li key={key}>
            <Node value={member} path={[...path, key]} name={name} edit={edit} />
          </li>
        ))}
      </ul>
      {entries.length > most && (
        <button type="button" onClick={() => setMost(most + MOST)}>
          Show {entries.length - most} more
        </button>
      )}
      <AddMember
        to={name + pointerOf(path)}
        named={!Array.isArray(value)}
        onAdd={(key, added) => edit.set([...path, Array.isArray(value) ? value.length : key], added)}
      />
    </>
  )
}

function Node({ value, path, name, edit }: NodeProps) {
  const key = path.at(-1)
  const [open, setOpen] = useState(path.length < 3)
  if (!Array.isArray(value) && !isMembers(value)) {
    return <Leaf value={value} path={path} name={name} edit={edit} />
  }
  const size = Array.isArray(value) ? `[${value.length}]` : `{${Object.keys(value).length}}`
  return (
    <div class="branch">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span class="json-key">{key}</span> <span class="small">{size}</span>
        </summary>
        {open && <Members value={value} path={path} name={name} edit={edit} />}
      </details>
      <button type="button" class="quiet" onClick={() => void edit.remove(path)}>
        Remove<span class="hidden"> {name + pointerOf(path)}</span>
      </button>
    </div>
  )
}
