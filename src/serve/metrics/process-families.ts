import type { Registry } from 'prom-client'
import type { MetricFamily } from './family.js'

let registry: Registry | undefined

/**
 * What is measured of any Node.js process: memory, processor time, the lag of the event loop, garbage
 * collection. The lag and collections are watched from the first call on.
 */
export async function processFamilies(): Promise<MetricFamily[]> {
  if (!registry) {
    const client = await import('prom-client')
    registry = new client.Registry()
    client.collectDefaultMetrics({ register: registry })
  }
  const families: MetricFamily[] = JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()))
  return families.map((family) => ({
    ...family,
    // When a process began is worth knowing of one alone, and of several the first.
    aggregator: family.aggregator === 'omit' ? 'min' : family.aggregator,
    // A lag that was not measured yet is no number, which JSON does not have.
    values: family.values.filter(({ value }) => Number.isFinite(value)),
  }))
}
