import { Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import t from 'tap'
import { decodeBody } from '../../src/respond/bodies.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'

await loadRareMediaTypes(['*/*'])

const member = fc.constantFrom<object>(
  { type: 'string' },
  { type: 'integer' },
  { type: 'array', items: { type: 'boolean' } },
  { type: 'object', properties: { b: { type: 'integer' } } },
)
const schemas = fc.oneof(
  member,
  fc.record({ a: member, b: member }).map((properties) => ({ type: 'object', properties })),
)
const types = fc.constantFrom(
  'application/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'image/png',
  '*/*',
)
const headers = fc.option(
  fc.oneof(
    types,
    fc.constantFrom('multipart/form-data; boundary=B', 'text/plain; charset=utf-16le', 'x'),
    fc.string(),
  ),
  { nil: undefined },
)
const words = fc.constantFrom(
  '{',
  '}',
  '"a":',
  '1',
  '<a>',
  '</a>',
  '<?xml',
  '&',
  'a=',
  '%',
  '--B',
  '\r\n',
  ': ',
  'name="a"',
  'Content-Disposition: form-data; ',
)
const bodies = fc.oneof(
  fc.uint8Array(),
  fc.array(words).map((parts) => new TextEncoder().encode(parts.join(''))),
)

void t.test('any body of any kind is a value or a list of violations', async (t) => {
  fc.assert(
    fc.property(bodies, headers, types, schemas, (bytes, contentType, mediaType, schema) => {
      const media = { mediaType, examples: [], schema: Type.Unsafe(schema) }
      const body = decodeBody(bytes, contentType, media, () => undefined)
      t.ok('value' in body || body.violations.length > 0)
    }),
    { numRuns: 500, seed: 5 },
  )
})
