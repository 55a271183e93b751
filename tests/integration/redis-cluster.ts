import { Redis } from 'ioredis'
import type { Test } from 'tap'
import keySlot from 'cluster-key-slot'
import { until } from '../store/helper.js'
import { freePort } from './guide-project.js'
import { type RedisServer, startRedis } from './redis-server.js'

/** One of a cluster's masters, or what stands by for one. */
export interface ClusterNode extends RedisServer {
  readonly id: string
  /** One command, without looking at where its key is. */
  readonly ask: (command: string, ...words: readonly (string | number)[]) => Promise<unknown>
}

/** A Redis Cluster of one test's own, which answers for the slots of those that are there. */
export interface RedisCluster {
  readonly nodes: readonly [ClusterNode, ClusterNode, ClusterNode]
  /** `redis://…`, of the first node. */
  readonly url: string
  /** Who serves a key. */
  readonly ownerOf: (key: string) => Promise<ClusterNode>
  /** Starts one more, which serves nothing: with `of` it stands by for a node. */
  add(t: Test, of?: ClusterNode): Promise<ClusterNode>
  /** Moves the slot of a key to another node, a key at a time. */
  move(key: string, to: ClusterNode): Promise<void>
}

const SLOTS = 16384

/** @param config further words of the command line of each */
export async function startCluster(t: Test, config: readonly string[] = []): Promise<RedisCluster> {
  const [first, second, third] = await Promise.all([
    startNode(t, config),
    startNode(t, config),
    startNode(t, config),
  ])
  const nodes = [first, second, third] as const
  for (const [index, node] of nodes.entries()) {
    const share = Math.ceil(SLOTS / nodes.length)
    const last = Math.min((index + 1) * share, SLOTS) - 1
    await node.ask('CLUSTER', 'ADDSLOTSRANGE', index * share, last)
    await node.ask('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
    if (node !== first) await meet(node, first)
  }
  const all: ClusterNode[] = [...nodes]
  const agree = (): Promise<void> =>
    until(async () => (await Promise.all(all.map((one) => knows(one, all)))).every(Boolean))
  await agree()
  const ownerOf = async (key: string): Promise<ClusterNode> => {
    const slot = keySlot(key)
    for (const range of asLists(await first.ask('CLUSTER', 'SLOTS'))) {
      const [from, to, owner] = range
      if (Number(from) > slot || Number(to) < slot) continue
      const found = all.find(({ port }) => Array.isArray(owner) && owner[1] === port)
      if (found) return found
    }
    throw new Error(`Nobody serves slot ${slot}`)
  }
  return {
    nodes,
    url: first.url,
    ownerOf,
    async add(t, of) {
      const node = await startNode(t, config)
      all.push(node)
      await meet(node, first)
      await agree()
      if (!of) return node
      await node.ask('CLUSTER', 'REPLICATE', of.id)
      await until(async () => String(await node.ask('INFO', 'replication')).includes('master_link_status:up'))
      // All have to know of it, or nobody would let it take over.
      await until(async () =>
        asLists(await first.ask('CLUSTER', 'SLOTS')).some((range) => String(range).includes(node.id)),
      )
      return node
    },
    async move(key, to) {
      const slot = keySlot(key)
      const from = await ownerOf(key)
      await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id)
      await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id)
      for (;;) {
        const [one] = asList(await from.ask('CLUSTER', 'GETKEYSINSLOT', slot, 1))
        if (typeof one !== 'string') break
        await from.ask('MIGRATE', '127.0.0.1', to.port, one, 0, 5000)
      }
      for (const node of new Set([to, from, ...nodes]))
        await node.ask('CLUSTER', 'SETSLOT', slot, 'NODE', to.id)
    },
  }
}

async function startNode(t: Test, config: readonly string[]): Promise<ClusterNode> {
  const bus = await freePort()
  const cluster = [
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    String(bus),
    '--cluster-node-timeout',
    '5000',
  ]
  const partly = ['--cluster-require-full-coverage', 'no']
  // One that has given its last slot away stays what it is.
  const staying = ['--cluster-allow-replica-migration', 'no']
  const server = await startRedis(t, [...cluster, ...partly, ...staying, ...config])
  const ask: ClusterNode['ask'] = async (command, ...words) => {
    const client = new Redis(server.port, '127.0.0.1', { lazyConnect: true, replyMapping: 'legacy' })
    try {
      await client.connect()
      return await client.call(command, ...words)
    } finally {
      client.disconnect()
    }
  }
  return { ...server, id: String(await ask('CLUSTER', 'MYID')), ask }
}

async function meet(node: ClusterNode, { ask, port }: ClusterNode): Promise<void> {
  const [, bus] = asList(await ask('CONFIG', 'GET', 'cluster-port'))
  await node.ask('CLUSTER', 'MEET', '127.0.0.1', port, String(bus))
}

/** Whether it takes part, and knows all the others. */
async function knows(node: ClusterNode, all: readonly ClusterNode[]): Promise<boolean> {
  const info = String(await node.ask('CLUSTER', 'INFO'))
  const text = String(await node.ask('CLUSTER', 'NODES'))
  const connected = text.split('\n').filter((line) => / connected/.test(line) && !/handshake|fail/.test(line))
  const served = asLists(await node.ask('CLUSTER', 'SLOTS')).reduce(
    (sum, [from, to]) => sum + Number(to) - Number(from) + 1,
    0,
  )
  return info.includes('cluster_state:ok') && connected.length === all.length && served === SLOTS
}

const asList = (answer: unknown): readonly unknown[] => (Array.isArray(answer) ? answer : [])
const asLists = (answer: unknown): (readonly unknown[])[] => asList(answer).map(asList)
