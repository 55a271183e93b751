import { errors } from '../../errors.js'
import type { Ask } from './answers.js'
import type { Prepared } from './connection.js'
import { infoOf } from './info.js'
import { Keys } from './keys.js'

/** How the keys are laid out. A version of Standin that lays them out otherwise has another number. */
const FORMAT = '1'

/** What is asked of a Redis before it is used. */
export interface Demands {
  /** What is answered has to be on its disk. */
  readonly fsync: boolean
}

/**
 * Makes sure, before anything else is asked, that what is under our names is ours and that Redis keeps
 * what is promised. Rejects with STANDIN_ERR_STORE_FOREIGN, STANDIN_ERR_STORE_PROMISE.
 */
export async function prepareGround(
  { ask, shown, holdsShared }: Prepared,
  prefix: string,
  { fsync }: Demands,
): Promise<void> {
  if (holdsShared) await demandOurs(ask, shown, prefix)
  if (fsync) await demandFsync(ask, shown)
}

async function demandOurs(ask: Ask, shown: string, prefix: string): Promise<void> {
  const key = new Keys(prefix).shared('format')
  let format = await ask('GET', key)
  if (format === null) {
    await ask('SET', key, FORMAT, 'NX')
    format = await ask('GET', key)
  }
  if (format !== FORMAT) {
    const other = `its form is ${JSON.stringify(format)}, and that of this version is "${FORMAT}"`
    throw new errors.STANDIN_ERR_STORE_FOREIGN(shown, key, other)
  }
}

/** With `appendfsync always` Redis answers when what it wrote is on the disk. */
async function demandFsync(ask: Ask, shown: string): Promise<void> {
  const config = await configOf(ask, 'append*')
  if (config === undefined) {
    const why = 'its configuration may not be read (CONFIG GET), so that nobody knows what --fsync asks for'
    throw new errors.STANDIN_ERR_STORE_PROMISE(shown, why)
  }
  const [appendonly, appendfsync] = [config.get('appendonly'), config.get('appendfsync')]
  if (appendonly === 'yes' && appendfsync === 'always') return
  const why = `--fsync needs appendonly yes and appendfsync always, and it has appendonly ${appendonly} and appendfsync ${appendfsync}`
  throw new errors.STANDIN_ERR_STORE_PROMISE(shown, why)
}

/** What there is to be said of how long this Redis keeps what it is given, as sentences. */
export async function groundWarnings(ask: Ask): Promise<string[]> {
  const warnings: string[] = []
  const persistence = infoOf(await ask('INFO', 'persistence').catch(() => null))
  const config = await configOf(ask, 'save')
  if (persistence.get('aof_enabled') === '0' && config?.get('save') === '') {
    warnings.push(
      'Redis keeps nothing on its disk (neither appendonly nor save is on): state does not survive a restart of Redis.',
    )
  }
  const memory = infoOf(await ask('INFO', 'memory').catch(() => null))
  const policy = memory.get('maxmemory_policy')
  if (policy !== undefined && policy !== 'noeviction' && memory.get('maxmemory') !== '0') {
    warnings.push(
      `Redis drops keys when it is full (maxmemory-policy ${policy}): state may be lost. Set it to noeviction.`,
    )
  }
  return warnings
}

/** Undefined where it may not be read. */
async function configOf(ask: Ask, pattern: string): Promise<Map<string, string> | undefined> {
  const answer = await ask('CONFIG', 'GET', pattern).catch(() => undefined)
  if (!Array.isArray(answer)) return undefined
  const texts = answer.map(String)
  const config = new Map<string, string>()
  for (let index = 0; index < texts.length; index += 2) config.set(texts[index] ?? '', texts[index + 1] ?? '')
  return config
}
