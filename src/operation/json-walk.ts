import { isLosslessNumber } from 'lossless-json'

type Container = unknown[] | Record<string, unknown>

interface Frame {
  container: Container
  /** Member names in the order in which they are written; undefined for an array. */
  keys: string[] | undefined
  next: number
}

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !isLosslessNumber(value)

const keysOf = (container: Container): string[] | undefined =>
  Array.isArray(container) ? undefined : Object.keys(container).filter((key) => isJson(container[key]))

const isJson = (value: unknown): boolean =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'

const sizeOf = ({ container, keys }: Frame): number => keys?.length ?? Number(container['length'])

const memberAt = ({ container, keys }: Frame, index: number): unknown =>
  Array.isArray(container) ? container[index] : container[keys?.[index] ?? '']

/** Sets an own property, whatever its name: assigning to `__proto__` would set the prototype. */
export function setMember(object: Container, key: string, value: unknown): void {
  if (Array.isArray(object)) object[Number(key)] = value
  else if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * Text of a JSON value, numbers with the digits that they were read with. Its stack is on the heap,
 * so that no depth is too much for it. Undefined where the value has no JSON form.
 */
export function writeJson(root: unknown, indent: number): string | undefined {
  const frames: Frame[] = []
  const open = new Set<object>()
  let out = ''
  const newLine = (): string => (indent > 0 ? `\n${' '.repeat(indent * frames.length)}` : '')

  const begin = (value: unknown): void => {
    if (!isContainer(value)) {
      out += scalarText(value) ?? 'null'
      return
    }
    if (open.has(value)) throw new TypeError('The value contains itself and has no JSON form')
    const frame: Frame = { container: value, keys: keysOf(value), next: 0 }
    if (sizeOf(frame) === 0) {
      out += frame.keys ? '{}' : '[]'
      return
    }
    open.add(value)
    frames.push(frame)
    out += frame.keys ? '{' : '['
  }

  const value = resolve(root)
  if (!isJson(value)) return undefined
  begin(value)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    if (frame.next === sizeOf(frame)) {
      frames.pop()
      open.delete(frame.container)
      out += newLine() + (frame.keys ? '}' : ']')
      continue
    }
    out += (frame.next === 0 ? '' : ',') + newLine()
    if (frame.keys) out += JSON.stringify(frame.keys[frame.next]) + (indent > 0 ? ': ' : ':')
    begin(resolve(memberAt(frame, frame.next++)))
  }
  return out
}

/** What `toJSON` makes of a value (dates), as in JSON.stringify. */
function resolve(value: unknown): unknown {
  if (!isContainer(value) || Array.isArray(value) || typeof value['toJSON'] !== 'function') return value
  const made: unknown = Reflect.apply(value['toJSON'], value, [])
  return made
}

function scalarText(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return value.value
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

/** A copy in which `change` has replaced the scalars. */
export function mapScalars(root: unknown, change: (scalar: unknown) => unknown): unknown {
  const pending: { from: Container; to: Container }[] = []
  const copyOf = (value: unknown): unknown => {
    if (!isContainer(value)) return change(value)
    const to = Array.isArray(value) ? [] : {}
    pending.push({ from: value, to })
    return to
  }
  const result = copyOf(root)
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    for (const key of Object.keys(work.from)) {
      setMember(work.to, key, copyOf(Reflect.get(work.from, key)))
    }
  }
  return result
}
