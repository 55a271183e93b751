import type { OpenMetricsContentType, PrometheusContentType } from 'prom-client'
import type { MetricFamily } from './family.js'

/** A text for a scraper, and what to call it. */
export interface Exposition {
  readonly type: string
  readonly text: string
}

/**
 * Writes metrics of one process or several as text, loaded with what it needs only when somebody asks.
 * @param accept `Accept` of the request: OpenMetrics 1.0 for those who name it, as Prometheus does, else the text format 0.0.4
 */
export async function exposition(
  processes: readonly (readonly MetricFamily[])[],
  accept: string | undefined,
): Promise<Exposition> {
  const { AggregatorRegistry, Registry } = await import('prom-client')
  if (accept?.toLowerCase().includes('application/openmetrics-text') !== true) {
    const registry = AggregatorRegistry.aggregate<PrometheusContentType>([...processes])
    return { type: registry.contentType, text: await registry.metrics() }
  }
  // OpenMetrics names a counter without the suffix that its samples have.
  const registry = AggregatorRegistry.aggregate<OpenMetricsContentType>(
    processes.map((families) => families.map(withoutSuffix)),
  )
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  return { type: registry.contentType, text: await registry.metrics() }
}

const withoutSuffix = (family: MetricFamily): MetricFamily =>
  family.type === 'counter' ? { ...family, name: family.name.replace(/_total$/, '') } : family

/** Metrics of several processes as those of one. */
export async function merged(processes: readonly (readonly MetricFamily[])[]): Promise<MetricFamily[]> {
  const { AggregatorRegistry } = await import('prom-client')
  const registry = AggregatorRegistry.aggregate<PrometheusContentType>([...processes])
  const families: MetricFamily[] = JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()))
  return families
}
