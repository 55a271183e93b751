import t from 'tap'
import { Type } from '@sinclair/typebox'
import { resolveRef, resolveSchema } from '../../src/operation/schema-ref.js'

const documents = {
  'standin:///a.json': {
    components: {
      schemas: { A: { $ref: 'standin:///a.json#/x~1y/%7Bz%7D' }, B: { $ref: '#/x', title: 'B' }, C: true },
    },
    'x/y': { '{z}': { type: 'string' } },
    loop: { $ref: 'standin:///a.json#/loop' },
  },
}
const to = (pointer: string) => Type.Unsafe({ $ref: `standin:///a.json#${pointer}` })

void t.test('schemas behind references', (t) => {
  t.strictSame(resolveSchema(documents, to('/components/schemas/A')), { type: 'string' })
  t.strictSame(resolveSchema(documents, to('/components/schemas/B')), { $ref: '#/x', title: 'B' })
  t.equal(resolveSchema(documents, to('/components/schemas/C')), true)
  t.match(resolveSchema(documents, Type.Integer()), { type: 'integer' })
  t.end()
})

void t.test('references that lead nowhere allow anything', (t) => {
  t.equal(resolveSchema(documents, to('/nowhere')), true)
  t.equal(resolveSchema(documents, to('/loop')), true)
  t.equal(resolveRef(documents, 'standin:///b.json#/a'), undefined)
  t.equal(resolveRef(documents, 'standin:///a.json'), documents['standin:///a.json'])
  t.end()
})
