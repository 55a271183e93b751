import t from 'tap'
import { byVersion, replicaLine } from '../../src/ui/model/replicas.js'

const about = {
  standin: '1.0.0',
  title: 'Cups',
  description: 'abcdef'.repeat(10),
  operations: 1,
  host: 'one',
  pid: 7,
  started: '2026-01-02T03:04:05.000Z',
}
const now = Date.parse('2026-01-02T03:06:05.000Z')

void t.test('a replica in a line', (t) => {
  t.equal(
    replicaLine({ id: 'a', self: true, about }, now),
    'one, process 7, which answers here: Cups abcdefabcdef, 1 operation, Standin 1.0.0, started 2 min ago',
  )
  t.equal(replicaLine({ id: 'b', self: false }, now), 'b: has not said yet what it serves')
  t.end()
})

void t.test('replicas that differ stand apart', (t) => {
  const of = (id: string, description: string, host: string) => ({
    id,
    self: false,
    about: { ...about, description, host },
  })
  const all = [of('1', 'b', 'x'), of('2', 'a', 'z'), of('3', 'b', 'w'), of('4', 'a', 'y')]
  t.strictSame(
    byVersion(all).map(({ id }) => id),
    ['4', '2', '3', '1'],
  )
  t.end()
})
