import * as fc from 'fast-check'
import t from 'tap'
import { generate } from '../../../src/respond/generate.js'
import { admits } from '../../../src/respond/schema/admits.js'
import { isObject } from '../../../src/operation/json-object.js'
import { locate, type Schema } from '../../../src/respond/schema/located.js'
import { newAjv } from '../helper.js'
import { schema } from '../schemas.js'

const resolve = (): undefined => undefined
const schemas = schema.filter((candidate): candidate is Schema => {
  if (!isObject(candidate) && typeof candidate !== 'boolean') return false
  try {
    newAjv().compile(candidate)
    return true
  } catch {
    return false
  }
})

void t.test('agrees with Ajv on values made for the schema, for another, and for none', async (t) => {
  const counts = { admitted: 0, refused: 0 }
  fc.assert(
    fc.property(schemas, schemas, fc.jsonValue(), (schema, other, value) => {
      const check = newAjv().compile(schema)
      for (const candidate of [
        generate(schema, { resolve }).value,
        generate(other, { resolve }).value,
        value,
      ]) {
        const verdict = admits(locate(schema), candidate, { resolve })
        counts[verdict ? 'admitted' : 'refused']++
        if (verdict !== check(candidate)) {
          throw new Error(`${String(verdict)}: ${JSON.stringify(candidate)} by ${JSON.stringify(schema)}`)
        }
      }
    }),
    { numRuns: 30, seed: 7 },
  )
  t.ok(counts.admitted > 20 && counts.refused > 20, JSON.stringify(counts))
})

const documents: Record<string, object> = {
  doc: {
    $defs: {
      node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, n: { type: 'integer' } } },
      'a/b~c': { const: 1 },
      named: { $anchor: 'here', const: 2 },
      loop: { $ref: '#/$defs/loop' },
    },
  },
}
const references: [reference: string, value: unknown, verdict: boolean][] = [
  ['doc#/$defs/node', { next: { next: { n: 1 } } }, true],
  ['doc#/$defs/node', { next: { next: { n: 'x' } } }, false],
  ['doc#/$defs/a~1b~0c', 1, true],
  ['doc#/$defs/a~1b~0c', 2, false],
  ['doc#/%24defs/a~1b~0c', 2, false],
  ['doc#here', 2, true],
  ['doc#here', 3, false],
  ['doc#/$defs/loop', 1, true],
  ['doc#/nowhere', 1, true],
  ['nowhere#/x', 1, true],
]
for (const [$ref, value, verdict] of references) {
  void t.test(`${$ref} ${verdict ? 'admits' : 'refuses'} ${JSON.stringify(value)}`, async (t) => {
    t.equal(admits(locate({ $ref }), value, { resolve: (id) => documents[id] }), verdict)
  })
}

void t.test('a recursive type by its $id, as TypeBox writes it', async (t) => {
  const tree = {
    $id: 'T0',
    type: 'object',
    properties: { inner: { type: 'array', items: { $ref: 'T0' } }, n: { type: 'number' } },
  }
  t.equal(admits(locate(tree), { inner: [{ inner: [{ n: 1 }] }] }, { resolve }), true)
  t.equal(admits(locate(tree), { inner: [{ inner: [{ n: '1' }] }] }, { resolve }), false)
})

void t.test('members of the other direction are not asked for', async (t) => {
  const schema = {
    type: 'object',
    required: ['id', 'pin'],
    properties: { id: { readOnly: true }, pin: { $ref: '#/$defs/pin' } },
    $defs: { pin: { writeOnly: true } },
  }
  t.equal(admits(locate(schema), { id: 1 }, { resolve }), false)
  t.equal(admits(locate(schema), { id: 1 }, { resolve, direction: 'response' }), true)
  t.equal(admits(locate(schema), { pin: 1 }, { resolve, direction: 'request' }), true)
  t.equal(admits(locate(schema), { pin: 1 }, { resolve, direction: 'response' }), false)
})
