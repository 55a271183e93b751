import type { Coverage, OperationCoverage, Share } from './coverage.js'

/** Coverage as a table for people, with what was never called and what is not documented. */
export function coverageText(coverage: Coverage): string {
  const { title, operations, responses, examples, byOperation, unknown } = coverage
  const rows = byOperation.map((one) => [String(one.calls), `${one.method} ${one.path}`, repliesText(one)])
  const broken = byOperation.flatMap(({ operationId, violations }) =>
    violations.map(({ violation, times }) => [String(times), operationId, violation]),
  )
  const unlisted = unknown.map(({ method, path, times, reason }) => [
    String(times),
    `${method} ${path}`,
    reason,
  ])
  return [
    `Coverage of ${title}: ${shareText(operations, 'operations')}, ${shareText(responses, 'replies')}, ${shareText(examples, 'examples')}`,
    '',
    ...table([['calls', 'operation', 'replies'], ...rows]),
    ...section('Requests that broke the docs:', broken),
    ...section('Called, but not documented:', unlisted),
    '',
  ].join('\n')
}

const shareText = ({ covered, total, percent }: Share, what: string): string =>
  `${covered} of ${total} ${what} (${percent} %)`

function repliesText({ calls, responses, undocumented, source }: OperationCoverage): string {
  if (calls === 0) return `never called (${source})`
  const seen = responses.filter(({ times }) => times > 0).map(({ status, times }) => `${status} ×${times}`)
  const own = undocumented.map(({ status, times }) => `${status} ×${times} (not documented)`)
  const never = responses.filter(({ times }) => times === 0).map(({ status }) => status)
  const parts = [
    [...seen, ...own].join(', ') || 'no reply',
    ...(never.length > 0 ? [`never ${never.join(', ')}`] : []),
  ]
  return parts.join('; ')
}

const section = (title: string, rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', title, ...table(rows)]

/** Numbers stand to the right, texts to the left, the last column as long as it is. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length))
  const [first, second] = [width(0), width(1)]
  return rows.map(
    ([count = '', what = '', text = '']) => `${count.padStart(first)}  ${what.padEnd(second)}  ${text}`,
  )
}
