import t from 'tap'
import { conditionOf, type ConditionRow, NEW_ROW, repeatedName } from '../../src/ui/model/conditions.js'

const row = (more: Partial<ConditionRow>): ConditionRow => ({ ...NEW_ROW, ...more })

void t.test('rows become a condition', (t) => {
  t.equal(conditionOf([]), undefined)
  t.equal(
    conditionOf([NEW_ROW, row({ name: '  ', value: 'x' })]),
    undefined,
    'rows without a name ask for nothing',
  )
  t.strictSame(
    conditionOf([
      row({ name: 'X-API-KEY', value: '1' }),
      row({ name: 'b', how: 'absent', value: 'left over' }),
      row({ place: 'query', name: 'page', how: 'contains', value: '2' }),
      row({ place: 'path', name: 'id', how: 'present' }),
      row({ place: 'body', name: '/pin', how: 'matches', value: '^22' }),
      row({ place: 'body', name: 'signInMode', value: '1' }),
      row({ place: 'body', name: '/name', value: 'Ann' }),
      row({ place: 'body', name: '/code', value: '"1"' }),
    ]),
    {
      headers: { 'X-API-KEY': { equals: '1' }, b: { present: false } },
      query: { page: { contains: '2' } },
      path: { id: { present: true } },
      body: {
        '/pin': { matches: '^22' },
        '/signInMode': { equals: 1 },
        '/name': { equals: 'Ann' },
        '/code': { equals: '1' },
      },
    },
  )
  t.end()
})

void t.test('a name can be asked for once: of two rows one would be lost', (t) => {
  const twice = [
    row({ name: 'X-Key', how: 'contains', value: 'a' }),
    row({ name: ' x-key ', how: 'present' }),
  ]
  t.equal(repeatedName(twice), 'x-key')
  t.equal(repeatedName([row({ place: 'body', name: 'pin' }), row({ place: 'body', name: '/pin' })]), '/pin')
  t.equal(repeatedName([row({ place: 'query', name: 'a' }), row({ place: 'query', name: 'A' })]), undefined)
  t.equal(repeatedName([row({ name: 'a' }), row({ place: 'query', name: 'a' }), NEW_ROW, NEW_ROW]), undefined)
  t.end()
})
