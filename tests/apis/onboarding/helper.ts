import { createHash } from 'node:crypto'
import { onboarding } from '../../../src/apis/onboarding/index.js'
import type { ApiServices } from '../../../src/apis/api-module.js'
import { parseExact, toPlain } from '../../../src/operation/json.js'
import type { Operation } from '../../../src/operation/operation.js'
import type { BehaviourReply, SessionState } from '../../../src/respond/behaviour.js'
import type { Collections, Document } from '../../../src/respond/state.js'

export const ROOT = new URL('./', import.meta.resolve('standin/package.json'))

export function operationOf(operationId: string): Operation {
  const found = onboarding.description.operations.find((operation) => operation.operationId === operationId)
  if (!found) throw new Error(`No operation ${operationId}`)
  return found
}

/** The text of the example that is replayed for a status, or of the documented request. */
export function exampleText(operationId: string, key: string): string {
  const { requestBody, responses } = operationOf(operationId)
  const place = key === 'request' ? requestBody : responses.find(({ status }) => status === key)
  const text = place?.content[0]?.examples[0]?.text
  if (text === undefined) throw new Error(`${operationId} has no example for ${key}`)
  return text
}

export function exampleOf(operationId: string, key: string): Record<string, unknown> {
  return objectOf(toPlain(parseExact(exampleText(operationId, key))))
}

export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`Not an object: ${String(value)}`)
  return Object.fromEntries(Object.entries(value))
}

export function memoryState(seed: Collections): SessionState & { text(): string } {
  const collections = new Map(
    Object.entries(seed).map(([name, documents]) => [name, new Map(Object.entries(documents))]),
  )
  const collection = (name: string): Map<string, Document> =>
    collections.get(name) ?? new Map<string, Document>()
  const state = {
    get: (name: string, id: string) => collection(name).get(id),
    list: collection,
    collections: () => [...collections.keys()],
    put(name: string, id: string, document: Document) {
      collections.set(name, collection(name).set(id, document))
    },
    delete(name: string, id: string) {
      collection(name).delete(id)
    },
  }
  return {
    read: async () => state,
    // Run twice, as a store may.
    update: async (change) => {
      const before = new Map([...collections].map(([name, documents]) => [name, new Map(documents)]))
      change(state)
      collections.clear()
      for (const [name, documents] of before) collections.set(name, documents)
      return change(state)
    },
    text: () => JSON.stringify([...collections].map(([name, documents]) => [name, [...documents]])),
  }
}

export const secretOf = (name: string): Uint8Array => createHash('sha256').update(`test ${name}`).digest()

export interface Call {
  readonly headers?: Readonly<Record<string, string>>
  /** JSON text, so that digits can be told. */
  readonly body: string
}

/** A stand-in of the bundled API without a server: behaviours on a state of their own, and a clock to turn. */
export async function startOnboarding({ anyToken = false }: { anyToken?: boolean } = {}) {
  const clock = { now: Date.UTC(2030, 0, 1) }
  const services: ApiServices = { secret: async (name) => secretOf(name), now: () => clock.now, anyToken }
  const behaviours = onboarding.behaviours(services)
  const state = memoryState(await onboarding.seed(services))
  async function call(operationId: string, { headers = {}, body }: Call): Promise<BehaviourReply> {
    const behaviour = behaviours[operationId]
    if (!behaviour) throw new Error(`No behaviour for ${operationId}`)
    const operation = operationOf(operationId)
    return behaviour({
      operation,
      state,
      example: (status) => parseExact(exampleText(operationId, status)),
      request: {
        method: operation.method,
        url: operation.path,
        header: (name) => headers[name],
        path: {},
        query: {},
        body: JSON.parse(body),
        digits: (pointer) => new RegExp(`"${pointer.slice(1)}":\\s*([-+.eE0-9]+)`).exec(body)?.[1],
        exactBody: () => parseExact(body),
      },
    })
  }
  return { call, clock, state, services }
}
