import { parseExact, stringifyExact } from '../../operation/json.js'
import { get, text } from '../api/client.js'
import type { ScenarioSummary, SnapshotSummary } from '../api/shapes.js'
import { isMembers } from '../model/edit-tree.js'
import { resource } from './resource.js'

/** Documents by id, by collection, with the digits of their numbers. */
export type State = Record<string, Record<string, unknown>>

export const state = resource(async (): Promise<State> => {
  const read = parseExact(await text('GET', '/state', { scoped: true }))
  const collections = isMembers(read) ? Object.entries(read) : []
  return Object.fromEntries(
    collections.map(([name, documents]) => [name, isMembers(documents) ? documents : {}]),
  )
})

const pathOf = (collection: string, id: string): string =>
  `/state/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`

export async function putDocument(collection: string, id: string, document: unknown): Promise<void> {
  await text('PUT', pathOf(collection, id), { scoped: true, body: stringifyExact(document) })
  await state.refresh()
}

export async function removeDocument(collection: string, id: string): Promise<void> {
  await text('DELETE', pathOf(collection, id), { scoped: true })
  await state.refresh()
}

/** Which all sessions share. */
export const snapshots = resource(
  async () => (await get<{ snapshots: SnapshotSummary[] }>('/snapshots')).snapshots,
)

export const scenarios = resource(
  async () => (await get<{ scenarios: ScenarioSummary[] }>('/scenarios')).scenarios,
)

/** The active one of the session; null for none. */
export const activeScenario = resource(
  async () => (await get<{ scenario: string | null }>('/scenario', { scoped: true })).scenario,
)
