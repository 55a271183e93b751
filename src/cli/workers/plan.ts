import { errors } from '../../errors.js'
import { isRedis } from '../../store/redis/location.js'
import { type Options, options as known } from '../options.js'

/** How several processes serve together. */
export interface WorkerPlan {
  readonly count: number
  /** Whether each is on its own: nothing is shared but the port. */
  readonly alone: boolean
}

/** What only makes sense where all processes know of it. */
const SHARED = [
  'controlPort',
  'controlToken',
  'controlHost',
  'scenario',
  'coverage',
  'coverageMin',
] as const satisfies (keyof Options)[]

/**
 * Undefined where one process serves, as it does unless more are asked for. Throws STANDIN_ERR_USAGE.
 * @param cores of this machine
 */
export function planWorkers(options: Options, cores: number): WorkerPlan | undefined {
  const { workers, store, stateless } = options
  if (workers === 1) return undefined
  if (options.recordPact !== undefined) {
    throw refused('--record-pact', 'each worker would record a contract of the calls that it alone has seen')
  }
  const count = workers === 'auto' ? cores : workers
  if (isRedis(store)) return { count, alone: false }
  if (!stateless) {
    throw new errors.STANDIN_ERR_USAGE(
      `--workers needs --stateless, or a Redis as the store (--store redis://…): with the store ${store} each worker would have a state of its own.`,
    )
  }
  const given = [
    ...SHARED.filter((key) => options[key] !== undefined).map((key) => `--${known.get(key)?.flag}`),
    ...(options.unknown === 'fail' ? ['--unknown fail'] : []),
    ...(options.journal !== 0 && options.journal !== known.get('journal')?.default ? ['--journal'] : []),
  ]
  if (given.length > 0) {
    throw refused(
      given.join(' and '),
      'workers without a Redis share nothing, so that a request to one would be unknown to the others; add --store redis://…',
    )
  }
  return { count, alone: true }
}

/** The options of each worker: what it would have for itself alone is turned off. */
export const workerOptions = (options: Options, { alone }: WorkerPlan): Options =>
  alone ? { ...options, control: false, journal: 0 } : options

const refused = (what: string, why: string): Error =>
  new errors.STANDIN_ERR_USAGE(`${what} cannot be used with --workers: ${why}.`)
