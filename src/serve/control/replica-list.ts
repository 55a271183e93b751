import { type Static, Type } from '@sinclair/typebox'
import type { Replica } from '../../store/redis/replicas.js'

/** One process of those that share a store, as it describes itself. */
export const ReplicaSummary = Type.Object({
  id: Type.String(),
  self: Type.Boolean({ description: 'Whether it is the one that answers' }),
  /** Absent until it has described itself, which it does once it listens. */
  about: Type.Optional(
    Type.Object({
      standin: Type.String({ description: 'The version of Standin' }),
      title: Type.String({ description: 'Of the API that it stands in for' }),
      description: Type.String({ description: 'SHA-256 of its OpenAPI document' }),
      operations: Type.Integer(),
      host: Type.String(),
      pid: Type.Integer(),
      started: Type.String({ description: 'RFC 3339' }),
    }),
  ),
})
export type ReplicaSummary = Static<typeof ReplicaSummary>
export type ReplicaAbout = NonNullable<ReplicaSummary['about']>

/** The processes that serve together. */
export interface KnownReplicas {
  /** Whether there may be others. */
  readonly shared: boolean
  /** Those that share the store, this one first. Rejects with STANDIN_ERR_STORE_* where they cannot be asked for. */
  list(): Promise<readonly ReplicaSummary[]>
}

/** Whether replicas serve the same. */
export const Likeness = Type.Object({
  count: Type.Integer(),
  alike: Type.Boolean(),
  /** In words, where they do not. */
  reason: Type.Optional(Type.String()),
})
export type Likeness = Static<typeof Likeness>

/** Nothing where the store does not answer, which is no reason to tell nothing else. */
export async function likenessAmong(replicas: KnownReplicas): Promise<{ replicas?: Likeness }> {
  if (!replicas.shared) return {}
  try {
    return { replicas: likenessOf(await replicas.list()) }
  } catch {
    return {}
  }
}

/** What a replica says of itself, as the store keeps it: texts. */
export const written = (about: ReplicaAbout): Replica['about'] =>
  Object.fromEntries(Object.entries(about).map(([name, value]) => [name, String(value)]))

/** What replicas have said of themselves; the one that asks is first. */
export const summaries = (replicas: readonly Replica[]): ReplicaSummary[] =>
  replicas.map(({ id, about }, index) => ({ id, self: index === 0, ...aboutOf(about) }))

function aboutOf(about: Replica['about']): Pick<ReplicaSummary, 'about'> {
  const { standin, title = '', description = '', operations, host = '', pid, started = '' } = about
  if (standin === undefined) return {}
  const numbers = { operations: Number(operations), pid: Number(pid) }
  return { about: { standin, title, description, host, started, ...numbers } }
}

/** Letters of a digest that people compare. */
const SHORT = 12

/** Holds replicas against each other. One that has not described itself yet is not held against any. */
export function likenessOf(replicas: readonly ReplicaSummary[]): Likeness {
  const versions = new Map<string, number>()
  for (const { about } of replicas) {
    if (about) versions.set(versionOf(about), (versions.get(versionOf(about)) ?? 0) + 1)
  }
  const count = replicas.length
  if (versions.size < 2) return { count, alike: true }
  const each = [...versions].map(
    ([version, number]) => `${number} ${number === 1 ? 'serves' : 'serve'} ${version}`,
  )
  return { count, alike: false, reason: `The ${count} replicas do not serve the same: ${each.join('; ')}` }
}

const versionOf = ({ title, description, operations, standin }: ReplicaAbout): string =>
  `${title} (${description.slice(0, SHORT)}, ${operations} operations, Standin ${standin})`
