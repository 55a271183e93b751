import type { Method } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'

/** A request that the docs show, or that was made because they show none. */
export interface SampleRequest {
  /** A documented body, a printed curl command, or made from the description. */
  readonly kind: 'sample' | 'curl' | 'made'
  /** Name of the example; `curl`, `curl-2`, … and `made` for the others. */
  readonly name: string
  readonly method: Method
  /** Path and query. */
  readonly url: string
  /** Names as documented. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** What of it is not as the docs print it, as sentences. */
  readonly notes: readonly string[]
  /** Where the docs show it. */
  readonly source: SourceLocation
}
