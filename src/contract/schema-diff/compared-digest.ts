import { createHash } from 'node:crypto'
import { isObject } from '../../operation/json-object.js'
import { assertedText } from './asserted.js'
import type { Side } from './level.js'

/** What rules nothing out, and is compared all the same. */
const COMPARED: ReadonlySet<string> = new Set(['default', 'discriminator', 'nullable'])

const known = new WeakMap<object, WeakMap<object, string>>()

/**
 * The same text for two schemas that are written alike, with all that they refer to: there is no difference
 * to look for. A digest, since each alternative of a large description refers to most of the others.
 */
export const comparedDigest = ({ node, root }: Side): string =>
  node.map(({ schema }) => digestOf(schema, root)).join(' ')

function digestOf(schema: unknown, root: unknown): string {
  if (!isObject(schema) || !isObject(root)) return digest(schema, root)
  const digests = known.get(root) ?? new WeakMap<object, string>()
  known.set(root, digests)
  const found = digests.get(schema) ?? digest(schema, root)
  digests.set(schema, found)
  return found
}

const digest = (schema: unknown, root: unknown): string =>
  createHash('sha256')
    .update(assertedText(schema, root, COMPARED) ?? '')
    .digest('base64')
