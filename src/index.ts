export {
  createStandin,
  type ActiveOverride,
  type ControlAccess,
  type Override,
  type Standin,
  type StandinOptions,
  type StandinSession,
} from './standin.js'
export type { ResourceOverrides } from './respond/resource/overrides.js'
export type { ResourceSummary } from './respond/resource/resource.js'
export { createProxy, type Proxy, type ProxyOptions } from './proxy.js'
export type { ProxySummary } from './serve/proxy/tally.js'
