/** A way into a JSON value: member names, and indexes of lists. */
export type Path = readonly (string | number)[]

type Members = Record<string, unknown>

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumberText(value)

/** Numbers come as objects that hold their digits. */
export const isNumberText = (
  value: unknown,
): value is { readonly isLosslessNumber: true; readonly value: string } =>
  typeof value === 'object' &&
  value !== null &&
  'isLosslessNumber' in value &&
  value.isLosslessNumber === true

/** The value with another one at a place; the value itself is left as it is. Throws a RangeError where there is no such place. */
export function setAt(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(root)) {
    const index = indexIn(step, root.length)
    const item = setAt(root[index], rest, value)
    return index === root.length ? [...root, item] : root.with(index, item)
  }
  if (!isMembers(root)) throw nothingAt(step)
  return withMember(root, String(step), setAt(root[String(step)], rest, value))
}

/** The value without what is at a place. */
export function removeAt(root: unknown, path: Path): unknown {
  const [step, ...rest] = path
  if (step === undefined) throw new RangeError('The whole cannot be removed')
  if (rest.length > 0) return setAt(root, [step], removeAt(childOf(root, step), rest))
  if (Array.isArray(root)) return root.toSpliced(indexIn(step, root.length - 1), 1)
  if (!isMembers(root)) throw nothingAt(step)
  return Object.fromEntries(Object.entries(root).filter(([name]) => name !== String(step)))
}

function childOf(root: unknown, step: string | number): unknown {
  if (Array.isArray(root)) return root[indexIn(step, root.length - 1)]
  if (isMembers(root)) return root[String(step)]
  throw nothingAt(step)
}

/** In its place where the member is there, else at the end. Made of entries, so that `__proto__` is a member like others. */
function withMember(members: Members, name: string, value: unknown): Members {
  const entries = Object.entries(members)
  const at = entries.findIndex(([known]) => known === name)
  return Object.fromEntries(
    at === -1 ? [...entries, [name, value] as const] : entries.with(at, [name, value]),
  )
}

function indexIn(step: string | number, last: number): number {
  if (typeof step === 'number' && Number.isInteger(step) && step >= 0 && step <= last) return step
  throw nothingAt(step)
}

const nothingAt = (step: string | number): RangeError => new RangeError(`There is nothing at ${step}`)

/** JSON pointer (RFC 6901), for labels. */
export const pointerOf = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
