import type { ReplicaSummary } from '../api/shapes.js'
import { ago, count } from './words.js'

/** Letters of a digest that people compare. */
const SHORT = 12

/** A replica and what it serves, in a line; `now` in milliseconds since 1970. */
export function replicaLine({ id, self, about }: ReplicaSummary, now: number): string {
  const who = self ? ', which answers here' : ''
  if (!about) return `${id}${who}: has not said yet what it serves`
  const { host, pid, title, description, operations, standin, started } = about
  const what = `${title} ${description.slice(0, SHORT)}, ${count(operations, 'operation')}, Standin ${standin}`
  return `${host}, process ${pid}${who}: ${what}, started ${ago(started, now)}`
}

/** By what they serve, so that those that differ stand apart. */
export const byVersion = (replicas: readonly ReplicaSummary[]): ReplicaSummary[] =>
  replicas.toSorted((a, b) => versionOf(a).localeCompare(versionOf(b)))

const versionOf = ({ about }: ReplicaSummary): string =>
  about ? `${about.title} ${about.description} ${about.standin} ${about.host} ${about.pid}` : ''
