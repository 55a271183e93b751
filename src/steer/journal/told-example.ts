import type { Example, Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import { headerText } from '../../respond/decision.js'

export interface ToldExample {
  readonly status: string
  readonly mediaType: string
  readonly example: Example
}

/** The documented examples of an operation. */
export const examplesOf = ({ responses }: Operation): ToldExample[] =>
  responses.flatMap(({ status, content }) =>
    content.flatMap(({ mediaType, examples }) => examples.map((example) => ({ status, mediaType, example }))),
  )

/** Whether a `standin-example` header (see docs/headers.md) names this example. */
export function isNamedBy({ status, example }: ToldExample, header: string): boolean {
  return (
    header.startsWith(`${headerText(`${status}/${example.name}`)}; `) &&
    header.endsWith(`; ${headerText(formatSource(example.source))}`)
  )
}
