import type { Durations } from '../../store/durations.js'

/** One value of a metric. */
export interface Sample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  /** Where it is not that of the metric: the parts of a histogram. */
  readonly metricName?: string
}

/**
 * A metric with its values, as plain data that processes can send each other. Named and typed as
 * https://prometheus.io/docs/instrumenting/exposition_formats/ has it.
 */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** How the values of several processes become one. */
  readonly aggregator: 'sum' | 'max' | 'min' | 'first' | 'average' | 'omit'
  readonly values: readonly Sample[]
}

type Labelled = readonly [labels: Sample['labels'], value: number]

export const counter = (name: string, help: string, values: readonly Labelled[]): MetricFamily => ({
  name,
  help,
  type: 'counter',
  aggregator: 'sum',
  values: values.map(([labels, value]) => ({ labels, value })),
})

export const gauge = (
  name: string,
  help: string,
  value: number,
  aggregator: MetricFamily['aggregator'],
  labels: Sample['labels'] = {},
): MetricFamily => ({ name, help, type: 'gauge', aggregator, values: [{ labels, value }] })

export function histogram(name: string, help: string, durations: Durations): MetricFamily {
  const { cumulative, bounds, sum } = durations
  const buckets = cumulative.map((value, index) => ({
    metricName: `${name}_bucket`,
    labels: { le: String(bounds[index] ?? '+Inf') },
    value,
  }))
  return {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: [
      ...buckets,
      { metricName: `${name}_sum`, labels: {}, value: sum },
      { metricName: `${name}_count`, labels: {}, value: cumulative.at(-1) ?? 0 },
    ],
  }
}
