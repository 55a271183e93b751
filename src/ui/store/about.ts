import { get } from '../api/client.js'
import type { About, SessionSummary } from '../api/shapes.js'
import { resource } from './resource.js'

/** What is stood in for. */
export const about = resource(() => get<About>('/'))

export const sessions = resource(
  async () => (await get<{ sessions: SessionSummary[] }>('/sessions')).sessions,
)
