import { WhenLoaded } from '../parts/failure.js'
import { Empty } from '../parts/empty.js'
import { operations } from '../store/operations.js'
import { useLoaded } from '../store/resource.js'
import { route } from '../store/route.js'
import { OperationDetails } from './operation-details.js'
import { OperationList } from './operation-list.js'

/** What the docs describe: the list on one side, one of it on the other; on a phone one after the other. */
export function OperationsView() {
  const loaded = useLoaded(operations)
  const { id } = route.value
  return (
    <div class={id === '' ? 'split' : 'split split-chosen'}>
      <WhenLoaded loaded={loaded} retry={operations.refresh}>
        {(all) => (
          <>
            <OperationList operations={all} chosen={id} />
            <div class="split-detail">
              {id === '' ? <Nothing count={all.length} /> : <OperationDetails key={id} operationId={id} />}
            </div>
          </>
        )}
      </WhenLoaded>
    </div>
  )
}

function Nothing({ count }: { count: number }) {
  if (count === 0) {
    return (
      <Empty title="The docs describe no operation">
        Start Standin with a page or an OpenAPI document: <code>standin docs/</code>. The findings say what
        could not be read.
      </Empty>
    )
  }
  return (
    <Empty title="Choose an operation">
      Its documentation, a request to try, and the reply that the next call gets are shown here.
    </Empty>
  )
}
