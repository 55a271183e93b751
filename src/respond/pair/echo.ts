import { isJson } from '../../operation/media-type.js'
import { isLosslessNumber, LosslessNumber, parseExact, stringifyExact } from '../../operation/json.js'
import type { Example, Operation } from '../../operation/operation.js'
import { pathMemberNames } from './member-names.js'
import { type Shown, shownIn } from './shown.js'

/** The text of an example with the identifiers of the path in it. */
export type Echo = (path: Readonly<Record<string, string>>) => string

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/

/**
 * Prepares an example to show the identifiers of the path it is asked for: `/users/8` answered
 * with the example of user 7 says 8. A number stays a number, with every digit of the path; text
 * stays text; an identifier that is no number leaves a number as it is. Lists show other things
 * as well, and are left alone.
 *
 * @returns a function of the decoded path values, or undefined where the example shows none of them
 */
export function prepareEcho(operation: Operation, example: Example): Echo | undefined {
  if (!isJson(example.mediaType) || example.encoding || example.origin === 'text') return undefined
  const value = parseOrNothing(example.text)
  const targets = [...pathMemberNames(operation.path)].flatMap(([parameter, names]) => {
    const shown = shownIn(value, names).filter(({ path }) => path.every((key) => typeof key === 'string'))
    return shown.map((target) => ({ parameter, target }))
  })
  if (targets.length === 0) return undefined
  return (path) => {
    let changed: unknown
    for (const { parameter, target } of targets) {
      const written = path[parameter]
      const replacement = written === undefined ? undefined : sameType(target, written)
      if (replacement === undefined) continue
      changed ??= parseOrNothing(example.text)
      put(changed, target, replacement)
    }
    return changed === undefined ? example.text : stringifyExact(changed, indentOf(example.text))
  }
}

function parseOrNothing(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

/** Undefined where nothing has to change, or cannot without changing the type. */
function sameType({ value }: Shown, written: string): unknown {
  if (typeof value === 'string') return value === written ? undefined : written
  if (!isLosslessNumber(value) || value.value === written || !NUMBER.test(written)) return undefined
  return new LosslessNumber(written)
}

function put(root: unknown, { path }: Shown, value: unknown): void {
  let holder: unknown = root
  for (const key of path.slice(0, -1)) {
    holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
  }
  const name = path.at(-1)
  if (typeof holder === 'object' && holder !== null && name !== undefined) {
    Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
  }
}

/** The page's own indentation, so that a reply looks like its example. */
const indentOf = (text: string): number | undefined => /^[{[]\r?\n( +)\S/.exec(text.trimStart())?.[1]?.length
