import type { Finding } from '../operation/finding.js'

/** What is known of a rule apart from the place that finds it. */
export interface Rule {
  readonly severity: Finding['severity']
  /** One sentence, of what it finds. */
  readonly summary: string
  /** `standin lint --fix` mends what it finds, where that can be done without guessing. */
  readonly fixable?: true
}

/** By rule id: another severity, or `off`. */
export type RuleSettings = Readonly<Record<string, Finding['severity'] | 'off'>>
