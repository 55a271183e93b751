import { Type } from '@sinclair/typebox'
import t from 'tap'
import { decodeBody } from '../../src/respond/bodies.js'
import { parameter, read } from './parameter-helper.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'

await loadRareMediaTypes(['*/*'])

void t.test('a deep object of any depth is answered', async (t) => {
  const query = `color${'[a]'.repeat(50_000)}=1`
  const { violations } = read([parameter('query', { style: 'deepObject', schema: { type: 'object' } })], {
    query,
  })
  t.match(violations, [{ in: 'query', name: 'color', keyword: 'style' }])
})

void t.test('XML of any depth is answered', async (t) => {
  const xml = '<a>'.repeat(50_000) + '</a>'.repeat(50_000)
  const media = { mediaType: 'application/xml', examples: [], schema: Type.Unsafe({}) }
  const body = decodeBody(new TextEncoder().encode(xml), 'application/xml', media, () => undefined)
  t.match(body, { violations: [{ in: 'body', keyword: 'syntax' }] })
})
