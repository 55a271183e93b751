import { table } from './statistics.js'

/** What was measured of one kind of request, microseconds and bytes each. */
export interface Cost {
  readonly cpu: number
  readonly redisCpu: number
  /** To and from Redis. */
  readonly redisBytes: number
  /** To and from the client. */
  readonly clientBytes: number
}

/** How much of a core may be in use, so that peaks and the loss of a replica find room. */
const USE = 0.6
/** Gigabytes for one replica, and for one Redis beside its sessions. */
const REPLICA_MEMORY = 0.5
const REDIS_MEMORY = 1
/** A month of a virtual processor and of a gigabyte: an assumption, to be replaced by one's own prices. */
const PRICE = { cpu: 25, memory: 3 }

const RATES = [1000, 100_000, 1_000_000]

/** What was measured of requests that replay examples, without a store and with a Redis, and of changes. */
export interface Costs {
  readonly stateless: Cost
  readonly replay: Cost
  readonly change: Cost
}

/** What rates of requests take, where such a part of them changes state and the rest replays examples. */
export function sizing({ stateless, replay, change }: Costs): string {
  const rows = RATES.flatMap((rate) =>
    [0, 0.1, 1].map((part) => {
      // Where nothing changes, nothing is shared. Else replays are written to the shared journal, too.
      const mixed = (key: keyof Cost): number =>
        part === 0 ? stateless[key] : replay[key] * (1 - part) + change[key] * part
      const cores = (key: 'cpu' | 'redisCpu'): number => (rate * mixed(key)) / 1e6
      // Two at least, so that one may be lost.
      const replicas = Math.max(2, Math.ceil(cores('cpu') / USE))
      const redis = part === 0 ? 0 : Math.max(1, Math.ceil(cores('redisCpu') / USE))
      const memory = replicas * REPLICA_MEMORY + redis * REDIS_MEMORY
      return [
        rate.toLocaleString('en'),
        `${part * 100} %`,
        cores('cpu').toFixed(1),
        String(replicas),
        (part === 0 ? 0 : cores('redisCpu')).toFixed(1),
        String(redis),
        gigabits(part === 0 ? 0 : rate * mixed('redisBytes')),
        gigabits(rate * mixed('clientBytes')),
        ((replicas + redis) * PRICE.cpu + memory * PRICE.memory).toFixed(0),
      ]
    }),
  )
  const headings = [
    'requests/s',
    'changes',
    'cores',
    'replicas',
    'Redis cores',
    'Redis',
    'Gbit/s Redis',
    'Gbit/s clients',
    'a month',
  ]
  return `${table(headings, rows)}\nAt ${USE * 100} % of a core each; ${REPLICA_MEMORY} GB a replica, ${REDIS_MEMORY} GB a Redis; ${PRICE.cpu} a core and ${PRICE.memory} a GB a month.`
}

const gigabits = (bytesPerSecond: number): string => ((bytesPerSecond * 8) / 1e9).toFixed(3)
