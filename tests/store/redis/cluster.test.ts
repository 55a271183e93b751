import t from 'tap'
import { clientsFor } from '../../../src/store/redis/clients.js'
import { Cluster } from '../../../src/store/redis/cluster.js'
import { Figures } from '../../../src/store/redis/figures.js'
import { type Address, addressText, redisLocation } from '../../../src/store/redis/location.js'
import { Node } from '../../../src/store/redis/node.js'
import { Slots } from '../../../src/store/redis/slots.js'
import { until } from '../helper.js'
import { speakingServer } from './speaking-server.js'

const HOST = '127.0.0.1'
/** Of `a`. */
const SLOT = 15495

void t.test('who serves what is asked of nodes that know, not of one that was taken out', async (t) => {
  const last = await speakingServer(t, () => '+kept\r\n')
  const out = await speakingServer(t, () => '*0\r\n')
  const other = await speakingServer(t, ([name]) =>
    name === 'CLUSTER'
      ? `*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n${HOST}\r\n:${last.port}\r\n`
      : `-MOVED ${SLOT} ${HOST}:${last.port}\r\n`,
  )
  const { asking } = await clientsFor(redisLocation(`redis://${HOST}:${out.port}`))
  const cluster = new Cluster({
    slots: Slots.of(
      [
        [0, 8191, [HOST, out.port]],
        [8192, 16383, [HOST, other.port]],
      ],
      { host: HOST, port: out.port },
    ),
    make: (address: Address) =>
      new Node({
        address,
        shown: addressText(address),
        client: asking(address),
        figures: new Figures(),
        prepare: async () => {},
        onLost: () => {},
        onBack: () => {},
      }),
    addresses: [],
    asking,
    secure: false,
  })
  t.teardown(() => cluster.close())
  await cluster.open()
  const ask = (node: Node, asking: boolean) => node.call('GET', ['a'], asking)
  const told = (error: unknown, node: Node): Error => node.told(error, 'GET', ['a'])
  const { answer } = await cluster.ask({ key: 'a', ask, told })
  t.equal(answer, 'kept', 'where it was sent to')
  await until(() => cluster.all.length === 1)
  t.strictSame(
    cluster.all.map(({ address }) => address.port),
    [last.port],
  )
})
