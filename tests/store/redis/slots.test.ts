import t from 'tap'
import { redirection, Slots } from '../../../src/store/redis/slots.js'

const asked = { host: 'cache', port: 7000 }

void t.test('who serves what, as CLUSTER SLOTS says', async (t) => {
  // `foo` is in slot 12182, `bar` in 5061, `hello` in 866.
  const slots = Slots.of(
    [
      [0, 5460, ['', 7000, 'id-1', []], ['10.0.0.4', 7003, 'id-4', []]],
      [5461, 5461, [null, 7001, 'id-2', []]],
      [12000, 16383, ['2001:db8::3', 7002, 'id-3', ['hostname', 'three']]],
    ],
    asked,
  )
  t.equal(slots.ownerOf('bar'), 'cache:7000', 'who does not know its host is where it was asked')
  t.equal(slots.ownerOf('foo'), '[2001:db8::3]:7002')
  t.equal(slots.ownerOf('a:{foo}:b'), slots.ownerOf('foo'), 'what stands in braces decides')
  t.equal(slots.ownerOf('c'), undefined, 'nobody serves slot 7365')
  t.same([...slots.owners.keys()], ['cache:7000', 'cache:7001', '[2001:db8::3]:7002'])
  t.same([...slots.replicas.keys()], ['10.0.0.4:7003'])
  slots.set(5061, { host: 'other', port: 1 })
  t.equal(slots.ownerOf('bar'), 'other:1')
  t.equal(slots.ownerOf('hello'), 'cache:7000')
  t.equal(Slots.of(null, asked).owners.size, 0)
})

void t.test('what a node says of a key that it does not serve', async (t) => {
  for (const [said, expected] of [
    ['MOVED 3999 10.0.0.2:6381', { kind: 'moved', slot: 3999, to: { host: '10.0.0.2', port: 6381 } }],
    ['MOVED 3999 :6381', { kind: 'moved', slot: 3999, to: { host: 'cache', port: 6381 } }],
    ['MOVED 3999 ::1:6381', { kind: 'moved', slot: 3999, to: { host: '::1', port: 6381 } }],
    ['ASK 1 node.internal:6381', { kind: 'ask', to: { host: 'node.internal', port: 6381 } }],
    ['TRYAGAIN Multiple keys request during rehashing of slot', { kind: 'again' }],
    ['CLUSTERDOWN The cluster is down', undefined],
    ['ERR MOVED 1 a:1', undefined],
  ] as const) {
    t.same(redirection(said, asked), expected, said)
  }
})
