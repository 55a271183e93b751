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
  return families
}
