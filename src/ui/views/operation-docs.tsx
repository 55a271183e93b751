import type { OperationDetail, ParameterDocs } from '../api/shapes.js'
import { Source, Status } from '../parts/marks.js'

const ORIGINS: Readonly<Record<string, string>> = {
  documented: 'as printed',
  repaired: 'mended: not strict JSON in the docs',
  text: 'as printed',
  generated: 'made from the schema',
  edited: 'changed in the store',
}

/** What the docs say of an operation, each fact with its place. */
export function OperationDocs({ operation }: { operation: OperationDetail }) {
  const { statuses, examples, parameters, description } = operation
  return (
    <section class="card" aria-labelledby="docs-title">
      <h2 id="docs-title">What the docs say</h2>
      {description !== undefined && <p class="prose">{description}</p>}
      {parameters.length > 0 && <Parameters parameters={parameters} />}
      <h3>Replies</h3>
      <ul class="plain replies">
        {statuses.map((status) => {
          const shown = examples.filter((one) => one.status === status)
          return (
            <li key={status}>
              <Status status={status} />
              {shown.length === 0 && <span class="small">The docs show no body for it.</span>}
              <ul class="plain">
                {shown.map(({ name, mediaType, origin, source }) => (
                  <li key={`${mediaType} ${name}`}>
                    <b>{name}</b>{' '}
                    <span class="small">
                      {mediaType}, {ORIGINS[origin] ?? origin}
                    </span>{' '}
                    <Source source={source} />
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Parameters({ parameters }: { parameters: readonly ParameterDocs[] }) {
  const typed = parameters.some(({ type }) => type !== undefined)
  return (
    <>
      <h3>Parameters</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label="Parameters">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">In</th>
              {typed && <th scope="col">Type</th>}
              <th scope="col">What the docs say</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map((one) => (
              <tr key={`${one.in} ${one.name}`}>
                <th scope="row">
                  <code>{one.name}</code>
                  {one.required === true && <span class="tag">required</span>}
                </th>
                <td>{one.in}</td>
                {typed && <td>{one.type}</td>}
                <td class="prose">{one.description}</td>
                <td>
                  <Source source={one.source} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
