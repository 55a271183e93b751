import { WhenLoaded } from '../parts/failure.js'
import { Method, Source } from '../parts/marks.js'
import { operationDetail } from '../store/operations.js'
import { useLoaded } from '../store/resource.js'
import { linkTo } from '../store/route.js'
import { NextReply } from './next-reply.js'
import { OperationDocs } from './operation-docs.js'
import { TryIt } from './try-it.js'

/** One operation: what the docs say and where, the next reply, and a request to try. */
export function OperationDetails({ operationId }: { operationId: string }) {
  const detail = operationDetail(operationId)
  const loaded = useLoaded(detail)
  return (
    <article class="operation">
      <a class="back" href={linkTo({ view: 'operations' })}>
        ← All operations
      </a>
      <WhenLoaded loaded={loaded} retry={detail.refresh}>
        {(operation) => (
          <>
            <header class="operation-head">
              <h1 tabIndex={-1} data-focus>
                <Method method={operation.method} /> <span class="path">{operation.path}</span>
              </h1>
              <p>
                {operation.summary !== undefined && <span>{operation.summary} · </span>}
                <code>{operation.operationId}</code>
              </p>
              <p class="sources">
                Documented at{' '}
                {operation.sources.map((source) => (
                  <Source key={source} source={source} />
                ))}
              </p>
            </header>
            <NextReply operation={operation} />
            <TryIt operation={operation} />
            <OperationDocs operation={operation} />
          </>
        )}
      </WhenLoaded>
    </article>
  )
}
