import type { Finding } from '../api/shapes.js'

/** The worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const

export interface FindingGroup {
  readonly page: string
  readonly findings: readonly Finding[]
}

/** By page, in the order of its lines; the pages with the worst findings first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const pages = new Map<string, Finding[]>()
  for (const finding of findings) {
    const there = pages.get(finding.source.file)
    if (there) there.push(finding)
    else pages.set(finding.source.file, [finding])
  }
  return [...pages]
    .map(([page, all]) => ({ page, findings: all.toSorted((a, b) => a.source.line - b.source.line) }))
    .toSorted((a, b) => worst(a) - worst(b) || (a.page < b.page ? -1 : 1))
}

const worst = ({ findings }: FindingGroup): number =>
  Math.min(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))
