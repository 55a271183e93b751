import { errors } from '../../errors.js'
import { errorCode } from '../failure.js'
import type { Clients } from './clients.js'
import { Cluster, slotsOf } from './cluster.js'
import { infoOf } from './info.js'
import { type Address, addressText, type RedisLocation } from './location.js'
import type { Node } from './node.js'
import { type Nodes, SoleNode } from './nodes.js'
import type { Slots } from './slots.js'
import { explained } from './tls.js'

export interface Finding {
  readonly location: RedisLocation
  readonly clients: Clients
  /** Makes a node that is not connected yet. @param shown to people */
  readonly make: (address: Address, shown: string) => Node
}

/**
 * Connects to the first address that answers, and learns from it whether it is one of a cluster. What
 * is found is not open yet. Rejects with STANDIN_ERR_STORE_*.
 */
export async function findNodes(finding: Finding): Promise<Nodes> {
  const { location, clients, make } = finding
  const { addresses, options, shown } = location
  const first = await firstToAnswer(finding)
  const slots = await clusterOf(first, addresses.length > 1)
  // A cluster whose keys nobody serves yet says so whatever it is asked.
  if (slots?.owners.size === 0) return new SoleNode(first)
  const refuse = (why: string): Error => {
    first.close()
    return new errors.STANDIN_ERR_STORE_LOCATION(shown, why)
  }
  if (!slots) {
    if (addresses.length === 1) return new SoleNode(first)
    throw refuse(`only nodes of a cluster are several, and ${addressText(first.address)} is of none`)
  }
  if (options.db !== 0) throw refuse('it is a cluster, which has no database but 0')
  first.close()
  const scheme = options.tls ? 'rediss' : 'redis'
  const shownOf = (address: Address): string => `${scheme}://${addressText(address)} (a node of ${shown})`
  return new Cluster({
    slots,
    addresses,
    make: (address) => make(address, shownOf(address)),
    asking: clients.asking,
    secure: options.tls !== undefined,
  })
}

async function firstToAnswer({ location, make }: Finding): Promise<Node> {
  const { addresses, options, shown } = location
  const reasons: string[] = []
  for (const address of addresses) {
    const node = make(address, shown)
    try {
      await node.connect()
      return node
    } catch (error) {
      const { reachability } = node
      node.close()
      const why = await explained(error, node, options.tls !== undefined)
      if (addresses.length === 1 || errorCode(why) !== 'STANDIN_ERR_STORE_UNREACHABLE') throw why
      if (!reachability.up) reasons.push(`${addressText(address)}: ${reachability.reason}`)
    }
  }
  throw new errors.STANDIN_ERR_STORE_UNREACHABLE(shown, reasons.join(', '))
}

/**
 * Undefined where it is of no cluster. One that may not be asked that is taken for a Redis that holds all,
 * unless several are named; whoever uses it is told of faults.
 */
async function clusterOf(node: Node, isOneOfSeveral: boolean): Promise<Slots | undefined> {
  try {
    const info = await node.ask('INFO', 'cluster').catch((error: unknown) => {
      if (isOneOfSeveral) throw error
      return null
    })
    return infoOf(info).get('cluster_enabled') === '1' ? await slotsOf(node) : undefined
  } catch (error) {
    node.close()
    throw error
  }
}
