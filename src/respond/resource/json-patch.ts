import { immutableJSONPatch, type JSONPatchOperation } from 'immutable-json-patch'
import { pointerTokens } from '../../operation/pointer.js'
import { isMap, sameJson } from './scalar.js'

/** Why a JSON Patch was not applied. */
export class PatchFailure extends Error {
  /** @param isMalformed it is none by RFC 6902; else it does not fit the document */
  constructor(
    /** JSON pointer to what is wrong in the patch. */
    readonly pointer: string,
    message: string,
    readonly isMalformed: boolean,
  ) {
    super(message)
  }
}

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test']

/** RFC 6902: all of the operations in order, or none. Throws PatchFailure. */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new PatchFailure('', 'is not a list of operations (RFC 6902)', true)
  const operations: readonly unknown[] = patch
  return operations.reduce((patched, operation, index) => {
    const one = checkedOperation(operation, `/${index}`)
    checkFits(patched, one, `/${index}`)
    return one.op === 'test' ? patched : immutableJSONPatch(patched, [one])
  }, document)
}

function checkedOperation(operation: unknown, at: string): JSONPatchOperation {
  const malformed = (pointer: string, message: string) => new PatchFailure(at + pointer, message, true)
  if (!isMap(operation)) throw malformed('', 'is no operation of a JSON Patch')
  const { op, path, from, value } = operation
  if (typeof op !== 'string' || !OPERATIONS.includes(op))
    throw malformed('/op', `is none of ${OPERATIONS.join(', ')}`)
  if (!isPointer(path)) throw malformed('/path', 'is no JSON pointer')
  if (op === 'remove') return { op, path }
  if (op === 'move' || op === 'copy') {
    if (!isPointer(from)) throw malformed('/from', 'is no JSON pointer')
    if (op === 'move' && path.startsWith(`${from}/`))
      throw malformed('/from', 'lies around the place it is moved to')
    return { op, path, from }
  }
  if (!Object.hasOwn(operation, 'value')) throw malformed('/value', 'is required')
  if (op === 'add' || op === 'replace' || op === 'test') return { op, path, value }
  throw malformed('/op', 'is unknown')
}

const isPointer = (value: unknown): value is string =>
  typeof value === 'string' && (value === '' || value.startsWith('/'))

/** Holds the operation against the document, of which the library takes the parents for granted. */
function checkFits(document: unknown, operation: JSONPatchOperation, at: string): void {
  const missing = (pointer: string, path: string) =>
    new PatchFailure(at + pointer, `leads to nothing: the document has no "${path}"`, false)
  const { op, path } = operation
  if (op === 'copy' || op === 'move') {
    if (!find(document, operation.from)) throw missing('/from', operation.from)
  }
  if (op === 'add' || op === 'copy' || op === 'move') {
    if (!isRoomAt(document, path)) throw missing('/path', path)
    return
  }
  const found = find(document, path)
  if (!found) throw missing('/path', path)
  if (op === 'test' && !sameJson(found.value, operation.value)) {
    throw new PatchFailure(`${at}/value`, `is not what the document has at "${path}"`, false)
  }
}

function find(document: unknown, path: string): { readonly value: unknown } | undefined {
  let value = document
  for (const token of pointerTokens(path)) {
    const isThere = Array.isArray(value)
      ? isIndex(token, value.length - 1)
      : isMap(value) && Object.hasOwn(value, token)
    if (!isThere) return undefined
    value = Reflect.get(Object(value), token)
  }
  return { value }
}

/** Section 4.1: a member of an object that is there, or a place in or right behind an array. */
function isRoomAt(document: unknown, path: string): boolean {
  if (path === '') return true
  const end = path.lastIndexOf('/')
  const [token = ''] = pointerTokens(path.slice(end))
  const parent = find(document, path.slice(0, end))?.value
  if (Array.isArray(parent)) return token === '-' || isIndex(token, parent.length)
  // The library would take this name for the object's prototype.
  return isMap(parent) && token !== '__proto__'
}

/** RFC 6901 section 4. */
const isIndex = (token: string, last: number): boolean =>
  /^(0|[1-9]\d*)$/.test(token) && Number(token) <= last
