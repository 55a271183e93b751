import { type Static, Type } from '@sinclair/typebox'
import { curlOf } from '../../contract/verify/curl.js'
import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import { sampleRequests } from '../../respond/samples/sample-requests.js'
import { SampleValues } from '../../respond/samples/sample-values.js'
import { Validation } from '../../respond/validation.js'

export const Sample = Type.Object(
  {
    method: Type.String(),
    url: Type.String({ description: 'Path and query' }),
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.Optional(Type.String()),
    curl: Type.String({ description: 'The same for a POSIX shell' }),
    notes: Type.Array(Type.String(), { description: 'What of it is not as the docs print it' }),
  },
  { $id: 'SampleRequest' },
)
export type Sample = Static<typeof Sample>

/** Makes the documented request of an operation, filled in with values that the stand-in accepts. */
export function createSampler(): (operation: Operation, api: ApiDescription, origin: string) => Sample {
  const byApi = new WeakMap<ApiDescription, SampleValues>()
  return (operation, api, origin) => {
    let values = byApi.get(api)
    if (!values) byApi.set(api, (values = new SampleValues(api, new Validation(api.documents))))
    const [request] = sampleRequests(operation, values, api)
    const { url = operation.path, headers = {}, body, notes = [] } = request ?? {}
    // Bytes have no form in JSON, and a shell could not show them either.
    const text = typeof body === 'string' ? body : undefined
    const sent = { method: operation.method, target: url, headers: Object.entries(headers), body: text ?? '' }
    return {
      method: operation.method,
      url,
      headers: { ...headers },
      ...(text !== undefined && { body: text }),
      curl: curlOf(sent, { origin, insecure: false, hidden: new Set() }),
      notes: [
        ...notes,
        ...(body !== undefined && text === undefined ? ['the body is bytes; it is left out'] : []),
      ],
    }
  }
}
