import type { Finding } from '../../operation/finding.js'

/** A finding as a report shows it. */
export interface Problem extends Finding {
  /** `--fix` can mend it. */
  readonly fixable: boolean
}

export interface Report {
  /** Sorted by file and line. */
  readonly problems: readonly Problem[]
  readonly files: number
  /** How many were mended; absent where nothing was to be mended. */
  readonly fixed?: number
}

/** How many there are of each severity. */
export function countsOf(problems: readonly Finding[]): Record<Finding['severity'], number> {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of problems) counts[severity]++
  return counts
}
