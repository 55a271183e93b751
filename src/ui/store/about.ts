import { get } from '../api/client.js'
import type { About, ReplicaSummary, SessionSummary } from '../api/shapes.js'
import { resource } from './resource.js'

/** What is stood in for. */
export const about = resource(() => get<About>('/'))

/** The processes that share the store. */
export const replicas = resource(
  async () => (await get<{ replicas: ReplicaSummary[] }>('/replicas')).replicas,
)

export const sessions = resource(
  async () => (await get<{ sessions: SessionSummary[] }>('/sessions')).sessions,
)
