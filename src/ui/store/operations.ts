import { get } from '../api/client.js'
import type { ActiveOverride, OperationDetail, OperationSummary } from '../api/shapes.js'
import { type Resource, resource } from './resource.js'

export const operations = resource(
  async () => (await get<{ operations: OperationSummary[] }>('/operations', { scoped: true })).operations,
)

export const overrides = resource(
  async () => (await get<{ overrides: ActiveOverride[] }>('/overrides', { scoped: true })).overrides,
)

const details = new Map<string, Resource<OperationDetail>>()

/** One operation with all that the docs say. */
export function operationDetail(operationId: string): Resource<OperationDetail> {
  let detail = details.get(operationId)
  if (!detail) {
    detail = resource(() =>
      get<OperationDetail>(`/operations/${encodeURIComponent(operationId)}`, { scoped: true }),
    )
    details.set(operationId, detail)
  }
  return detail
}
