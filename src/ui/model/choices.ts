import type { Override } from '../../steer/override.js'
import type { OperationSummary } from '../api/shapes.js'

/** A reply that can be chosen for the next call. */
export interface Choice {
  readonly key: string
  /** As documented: `200`, `4XX`, `default`; or the name of a fault. */
  readonly label: string
  /** The name of the example, or what the fault does. */
  readonly hint: string
  /** What is set. */
  readonly step: Pick<Override, 'status' | 'example' | 'fault'>
}

/** The status that stands for a documented one: the first of a range, 500 for `default`. */
export function statusNumber(status: string): number {
  if (/^\d{3}$/.test(status)) return Number(status)
  return /^[1-5]XX$/i.test(status) ? Number(status.slice(0, 1)) * 100 : 500
}

/** What the docs say a call can be answered with: each example, and each status that has none. */
export function documentedChoices({ statuses, examples }: OperationSummary): Choice[] {
  return statuses.flatMap((status) => {
    const names = [...new Set(examples.filter((one) => one.status === status).map(({ name }) => name))]
    const number = statusNumber(status)
    // An informational status is no reply that could be sent in place of another.
    if (number < 200) return []
    if (names.length === 0) {
      return [{ key: status, label: status, hint: 'no body documented', step: { status: number } }]
    }
    return names.map((name) => ({
      key: `${status}/${name}`,
      label: status,
      hint: name,
      step: names.length === 1 ? { status: number } : { status: number, example: name },
    }))
  })
}

/** Everything that can go wrong on the wire. */
export const FAULTS: readonly Choice[] = [
  fault('connection-reset', 'Connection reset', 'TCP RST, no byte of a reply'),
  fault('empty-reply', 'Empty reply', 'the connection closes without a byte'),
  fault('malformed-json', 'Malformed JSON', 'status as usual, the body cut short'),
  {
    key: 'slow-drip',
    label: 'Slow drip',
    hint: 'in small parts over five seconds',
    step: { fault: { type: 'slow-drip', overMs: 5000 } },
  },
  fault('timeout', 'Timeout', 'no answer until the client gives up'),
]

function fault(
  name: 'connection-reset' | 'empty-reply' | 'malformed-json' | 'timeout',
  label: string,
  hint: string,
): Choice {
  return { key: name, label, hint, step: { fault: name } }
}

/** What an override does, in a line: `401, after 2,000 ms, once`. */
export function describeOverride(override: Override): string {
  const { status, example, body, delay, fault, sequence, times, probability, when } = override
  const parts = [
    ...(sequence ? [`${sequence.length} replies in turn`] : []),
    ...(status === undefined ? [] : [String(status)]),
    ...(example === undefined ? [] : [`example ${example}`]),
    ...(body === undefined ? [] : ['a body of its own']),
    ...(fault === undefined ? [] : [faultName(fault)]),
    ...(delay === undefined ? [] : [delayText(delay)]),
    ...(when === undefined ? [] : ['for requests that match a condition']),
    ...(probability === undefined ? [] : [`with probability ${probability}`]),
    times === undefined ? 'until stopped' : times === 1 ? 'once' : `${times} times`,
  ]
  return parts.join(', ')
}

const faultName = (fault: NonNullable<Override['fault']>): string => {
  const name = typeof fault === 'string' ? fault : fault.type
  return (FAULTS.find(({ key }) => key === name)?.label ?? name).toLowerCase()
}

function delayText(delay: NonNullable<Override['delay']>): string {
  if (typeof delay === 'number') return `after ${delay} ms`
  return 'min' in delay ? `after ${delay.min} to ${delay.max} ms` : `after about ${delay.median} ms`
}
