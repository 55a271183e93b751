import type { ApiDescription } from '../../operation/description.js'
import { type SourceLocation, formatSource } from '../../operation/source.js'
import { placeOf, type Violation } from '../../respond/violation.js'
import type { ProxiedCall } from './proxied-call.js'

/** One way in which calls of an operation broke the docs, and how often. */
export interface ViolationCount {
  readonly side: 'request' | 'reply'
  /** With a star for the index in a list, so that its items are not told apart. */
  readonly place: string
  /** The schema keyword, or `status`, `media-type`, `required`, `syntax`. */
  readonly rule: string
  readonly message: string
  /** `file:line` of the docs. */
  readonly source: string | undefined
  readonly times: number
}

export interface ProxiedOperation {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly source: string
  readonly calls: number
  /** How often each status was sent. */
  readonly statuses: Readonly<Record<string, number>>
  readonly violations: readonly ViolationCount[]
}

/** What went through a proxy. */
export interface ProxySummary {
  readonly upstream: string
  readonly calls: number
  /** Calls in which the request or the reply broke the docs; undocumented ones are among them. */
  readonly violating: number
  /** Calls to which the upstream gave no whole reply; those that the mock answered are among them. */
  readonly failed: number
  /** Bodies that were passed on without a look. */
  readonly unchecked: number
  /** Every documented operation, called or not. */
  readonly operations: readonly ProxiedOperation[]
  /** Requests that the docs do not have. */
  readonly undocumented: readonly { readonly call: string; readonly times: number }[]
}

/** Different ones that are told apart; what comes beyond is counted as one. */
const MOST = 1000

/** Counts calls as they go through. */
export class ProxyTally {
  readonly #byOperation = new Map<string, { calls: number; statuses: Map<string, number>; found: Counts }>()
  readonly #undocumented = new Map<string, number>()
  #calls = 0
  #violating = 0
  #failed = 0
  #unchecked = 0

  add(call: ProxiedCall): void {
    const { operation, request, reply, status, failure } = call
    this.#calls++
    if (request.violations.length > 0 || reply.violations.length > 0) this.#violating++
    if (failure) this.#failed++
    for (const side of [request, reply]) if (side.unchecked !== undefined) this.#unchecked++
    if (!operation) {
      if (request.violations.length > 0)
        count(this.#undocumented, `${call.method} ${call.url.split('?', 1)[0]}`)
      return
    }
    let entry = this.#byOperation.get(operation.operationId)
    if (!entry) {
      entry = { calls: 0, statuses: new Map(), found: new Map() }
      this.#byOperation.set(operation.operationId, entry)
    }
    entry.calls++
    count(entry.statuses, status === 0 ? 'aborted' : String(status))
    for (const one of request.violations) note(entry.found, 'request', one)
    for (const one of reply.violations) note(entry.found, 'reply', one)
  }

  summary(upstream: string, { operations }: ApiDescription): ProxySummary {
    return {
      upstream,
      calls: this.#calls,
      violating: this.#violating,
      failed: this.#failed,
      unchecked: this.#unchecked,
      operations: operations.map(({ operationId, method, path, source }) => {
        const { calls = 0, statuses = [], found = new Map() } = this.#byOperation.get(operationId) ?? {}
        return {
          operationId,
          method,
          path,
          source: formatSource(source),
          calls,
          statuses: Object.fromEntries([...statuses].toSorted(([a], [b]) => a.localeCompare(b))),
          violations: [...found.values()].toSorted((a, b) => b.times - a.times),
        }
      }),
      undocumented: Array.from(this.#undocumented, ([call, times]) => ({ call, times })),
    }
  }
}

type Counts = Map<string, ViolationCount>

function count(counts: Map<string, number>, key: string): void {
  const known = counts.has(key) || counts.size < MOST ? key : 'others'
  counts.set(known, (counts.get(known) ?? 0) + 1)
}

function note(found: Counts, side: ViolationCount['side'], violation: Violation): void {
  const place = placeOf({ ...violation, pointer: violation.pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*') })
  const key = [side, place, violation.keyword, violation.message].join('\n')
  const known = found.get(key)
  if (!known && found.size >= MOST) return
  found.set(key, {
    side,
    place,
    rule: violation.keyword,
    message: violation.message,
    source: sourceText(violation.source),
    times: (known?.times ?? 0) + 1,
  })
}

const sourceText = (source: SourceLocation | undefined): string | undefined => source && formatSource(source)
