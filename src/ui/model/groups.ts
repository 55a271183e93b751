import type { OperationSummary } from '../api/shapes.js'

/** The operations of one page of the docs. */
export interface Group {
  /** The file. */
  readonly page: string
  readonly operations: readonly OperationSummary[]
}

/** `docs/reset-pin-api.md` of `docs/reset-pin-api.md:41`. */
export const fileOf = (source: string): string => source.replace(/:\d+$/, '')

/** By page and then by path, both in order; the methods of a path stay in the order of the docs. */
export function groupByPage(operations: readonly OperationSummary[]): Group[] {
  const pages = new Map<string, OperationSummary[]>()
  for (const operation of operations) {
    const page = fileOf(operation.sources[0] ?? '')
    const there = pages.get(page)
    if (there) there.push(operation)
    else pages.set(page, [operation])
  }
  return [...pages]
    .map(([page, all]) => ({ page, operations: all.toSorted((a, b) => compare(a.path, b.path)) }))
    .toSorted((a, b) => compare(a.page, b.page))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The operations that every word of the filter is found in, without regard to case. */
export function filterOperations(
  operations: readonly OperationSummary[],
  filter: string,
): readonly OperationSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return operations
  return operations.filter((one) => {
    const text = [one.operationId, one.method, one.path, one.summary, ...one.sources].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
