import { isSecretName, REDACTED, redactTokens, redactUrl } from '../operation/secrets.js'

/**
 * A finished JSON line of the log, without tokens and without the plain value of any secret name.
 * The last guard: it also sees what was bound to a child logger, which no formatter does.
 */
export const redactLine = (line: string): string =>
  redactTokens(line).replace(/"([^"\\]+)":(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g, (member, name: string) =>
    isSecretName(name) ? `"${name}":"${REDACTED}"` : member,
  )

/**
 * A copy of plain data with the value of every secret name replaced, at any depth. Instances of
 * classes (requests, errors) are left to the logger's serializers.
 */
export function redactData(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  // Logged data is shallow; the bound keeps a circular value from never ending.
  if (depth > 8) return REDACTED
  if (Array.isArray(value)) return value.map((member) => redactData(member, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return redactMembers(value, depth)
}

/** {@link redactData} for the members of an object. */
export const redactMembers = (data: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([name, member]) => [name, redactMember(name, member, depth + 1)]),
  )

function redactMember(name: string, member: unknown, depth: number): unknown {
  if (isSecretName(name) && member !== undefined && member !== null) return REDACTED
  return name === 'url' && typeof member === 'string' ? redactUrl(member) : redactData(member, depth)
}
