import type { ActiveOverride } from '../../steer/override.js'

/** What the control API answers with, where no schema of `steer` says it. */

export interface About {
  readonly version: string
  /** Of the API that is stood in for. */
  readonly title: string
  /** Where the mocked API is, if not where the page is. */
  readonly api?: string
  /** Absent where the store that they share does not answer. */
  readonly replicas?: Likeness
}

/** Whether all processes that share the store serve the same. */
export interface Likeness {
  readonly count: number
  readonly alike: boolean
  readonly reason?: string
}

export interface ReplicaSummary {
  readonly id: string
  readonly self: boolean
  readonly about?: {
    readonly standin: string
    readonly title: string
    readonly description: string
    readonly operations: number
    readonly host: string
    readonly pid: number
    readonly started: string
  }
}

export interface ExampleSummary {
  readonly status: string
  readonly mediaType: string
  readonly name: string
  readonly origin: string
  /** `file:line`. */
  readonly source: string
}

export interface OperationSummary {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly summary?: string
  /** `file:line` of each place that documents it. */
  readonly sources: readonly string[]
  readonly statuses: readonly string[]
  readonly examples: readonly ExampleSummary[]
  /** What the next call gets that keeps to the docs. */
  readonly next: {
    readonly override: string | null
    readonly conditional: boolean
    readonly status: number | null
    readonly example: string | null
  }
}

export interface ParameterDocs {
  readonly in: string
  readonly name: string
  readonly required?: boolean
  readonly description?: string
  /** As the docs word it. */
  readonly type?: string
  readonly source: string
}

export interface SampleRequest {
  /** Path and query. */
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** What of it is not as the docs print it. */
  readonly notes: readonly string[]
}

export interface OperationDetail extends OperationSummary {
  readonly description?: string
  readonly parameters: readonly ParameterDocs[]
  readonly sample: SampleRequest
}

export interface SessionSummary {
  /** `''` for the default one. */
  readonly name: string
  readonly made: string
  readonly lastUsed: string
  readonly overrides: number
  readonly scenario: string | null
}

export interface ScenarioSummary {
  readonly name: string
  readonly file: string
  readonly description?: string
  readonly overrides?: number
  readonly state?: boolean
  /** Why it cannot be used, with `file:line`. */
  readonly problem?: string
}

export interface SnapshotSummary {
  readonly name: string
  readonly made: string
}

export interface Finding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly source: { readonly file: string; readonly line: number }
}

export interface Share {
  readonly covered: number
  readonly total: number
  readonly percent: number
}

export interface OperationCoverage {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly source: string
  readonly calls: number
  readonly responses: readonly {
    readonly status: string
    readonly times: number
    readonly examples: readonly {
      readonly mediaType: string
      readonly name: string
      readonly times: number
    }[]
  }[]
  readonly undocumented: readonly { readonly status: number; readonly times: number }[]
  readonly violations: readonly { readonly violation: string; readonly times: number }[]
}

export interface Coverage {
  readonly operations: Share
  readonly responses: Share
  readonly examples: Share
  readonly byOperation: readonly OperationCoverage[]
  readonly unknown: readonly {
    readonly method: string
    readonly path: string
    readonly times: number
    readonly reason: string
  }[]
}

export type { ActiveOverride }
