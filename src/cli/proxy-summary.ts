import type { ProxiedOperation, ProxySummary, ViolationCount } from '../serve/proxy/tally.js'

/** How many lines of a list are written before the rest is only counted. */
const MOST = 50

/** What went through a proxy, for people: what broke the docs first, then what was never called. */
export function summaryText(summary: ProxySummary): string {
  const { upstream, calls, violating, failed, unchecked, operations, undocumented } = summary
  const numbers = [
    `${calls} ${calls === 1 ? 'call' : 'calls'} to ${upstream}`,
    `${violating} broke the docs`,
    ...(failed > 0 ? [`${failed} without a whole reply of the upstream`] : []),
    ...(unchecked > 0 ? [`${unchecked} ${unchecked === 1 ? 'body' : 'bodies'} not looked at`] : []),
  ]
  const called = operations.filter((one) => one.calls > 0)
  const never = operations.filter((one) => one.calls === 0)
  const sections = [
    ...called.map(operationLines),
    ...(undocumented.length > 0
      ? [['Not documented:', ...cut(undocumented, ({ call, times }) => `  ${call}  ${timesText(times)}`)]]
      : []),
    ...(never.length > 0
      ? [['Never called:', ...cut(never, ({ method, path, source }) => `  ${method} ${path}  ${source}`)]]
      : []),
  ]
  return `${[`${numbers.join(', ')}.`, ...sections.map((lines) => `\n${lines.join('\n')}`)].join('\n')}\n`
}

function operationLines({ method, path, calls, statuses, violations }: ProxiedOperation): string[] {
  const answered = Object.entries(statuses).map(([status, times]) => `${status} ${timesText(times)}`)
  return [
    `${method} ${path}  ${calls} ${calls === 1 ? 'call' : 'calls'}: ${answered.join(', ')}`,
    ...cut(violations, violationLine),
  ]
}

const violationLine = ({ side, place, message, source, times }: ViolationCount): string =>
  `  ${side} ${place} ${message}  ${timesText(times)}${source === undefined ? '' : `  ${source}`}`

function cut<Item>(items: readonly Item[], line: (item: Item) => string): string[] {
  const rest = items.length - MOST
  return [
    ...items.slice(0, MOST).map(line),
    ...(rest > 0 ? [`  … and ${rest} more: --format json has all.`] : []),
  ]
}

const timesText = (times: number): string => `×${times}`
