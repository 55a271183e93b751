import { useState } from 'preact/hooks'
import type { OperationSummary } from '../api/shapes.js'
import { filterOperations, groupByPage } from '../model/groups.js'
import { count } from '../model/words.js'
import { Method } from '../parts/marks.js'
import { linkTo } from '../store/route.js'

/** So many operations are shown at once; groups beyond are closed, and a long group is shown in parts. */
const MOST_SHOWN = 100

interface OperationListProps {
  readonly operations: readonly OperationSummary[]
  readonly chosen: string
}

/** The operations by page and path, with a box to filter them. */
export function OperationList({ operations, chosen }: OperationListProps) {
  const [filter, setFilter] = useState('')
  const found = filterOperations(operations, filter)
  const groups = groupByPage(found)
  const small = found.length <= MOST_SHOWN
  return (
    <nav class="split-list" aria-labelledby="operations-title">
      <h1 id="operations-title" tabIndex={-1}>
        Operations
      </h1>
      <input
        type="search"
        aria-label="Filter operations"
        placeholder="Filter by path, name, page"
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <p class="small" role="status">
        {filter === ''
          ? `${count(operations.length, 'operation')} on ${count(groups.length, 'page')}`
          : `${found.length} of ${count(operations.length, 'operation')}`}
      </p>
      {groups.map(({ page, operations: inGroup }) => (
        <Group
          // Opened or closed anew with another filter.
          key={`${page} ${small} ${filter}`}
          page={page}
          operations={inGroup}
          chosen={chosen}
          open={small || inGroup.some(({ operationId }) => operationId === chosen)}
        />
      ))}
    </nav>
  )
}

interface GroupProps extends OperationListProps {
  readonly page: string
  readonly open: boolean
}

/** What is closed is not rendered, so that a thousand operations cost nothing. */
function Group({ page, operations, chosen, open: first }: GroupProps) {
  const [open, setOpen] = useState(first)
  const [most, setMost] = useState(MOST_SHOWN)
  return (
    <details class="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="group-name">{page}</span>
        <span class="small">{operations.length}</span>
      </summary>
      {open && (
        <ul>
          {operations.slice(0, most).map((one) => (
            <Row key={one.operationId} operation={one} chosen={one.operationId === chosen} />
          ))}
        </ul>
      )}
      {open && operations.length > most && (
        <button type="button" onClick={() => setMost(most + MOST_SHOWN)}>
          Show {Math.min(MOST_SHOWN, operations.length - most)} more
        </button>
      )}
    </details>
  )
}

function Row({ operation, chosen }: { operation: OperationSummary; chosen: boolean }) {
  const { operationId, method, path, summary } = operation
  return (
    <li>
      <a
        class="row"
        href={linkTo({ view: 'operations', id: operationId })}
        aria-current={chosen ? 'true' : undefined}
      >
        <Method method={method} />
        <span class="row-main">
          <span class="path">{path}</span>
          <span class="small">{summary ?? operationId}</span>
        </span>
      </a>
    </li>
  )
}
