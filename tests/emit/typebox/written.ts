import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { emitTypeBox, type TypeBoxOptions } from '../../../src/emit/typebox.js'
import type { ApiDescription } from '../../../src/operation/description.js'

/** Writes the modules of a description into a folder, and gives their paths. */
export function writeModules(
  folder: string,
  description: ApiDescription,
  options?: TypeBoxOptions,
): string[] {
  const files = emitTypeBox(description, options)
  for (const { path, text } of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  return files.map(({ path }) => path)
}

/**
 * A value as JSON, with `required` in no order and not there where it is empty, which says the same
 * (JSON Schema validation, section 6.5.3), and JSON texts without their layout.
 */
export function plain(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item))
    return key === 'required' ? items.map(String).toSorted((a, b) => (a < b ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined || (key === 'required' && Array.isArray(member) && member.length === 0)
        ? []
        : [[key, plain(member, key)]],
    ),
  )
}

/** Where two JSON values differ first, and how; undefined where they do not. */
export function difference(a: unknown, b: unknown, path = ''): string | undefined {
  if (Object.is(a, b)) return undefined
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return `${path}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    if (left.has(key) && right.has(key)) {
      const found = difference(left.get(key), right.get(key), `${path}/${key}`)
      if (found !== undefined) return found
    } else return `${path}/${key} is only in the ${left.has(key) ? 'first' : 'second'}`
  }
  return undefined
}
