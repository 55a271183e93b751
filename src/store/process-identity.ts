import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** One run of one program. A process id alone is used again by others, and means another process in each container. */
export interface ProcessIdentity {
  readonly pid: number
  /** The machine, or container, in which the id counts. */
  readonly place: string
  /** When the process began, in the system's own words; null where the system does not say. */
  readonly began: string | null
}

const textOf = (text: Promise<string>): Promise<string> => text.then((known) => known.trim()).catch(() => '')

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)), in clock ticks since boot; the name before it may hold spaces. */
async function beginOf(pid: number): Promise<string | null> {
  const stat = await textOf(readFile(`/proc/${pid}/stat`, 'utf8'))
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

async function herePlace(): Promise<string> {
  const [boot, namespace] = await Promise.all([
    textOf(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    textOf(readlink('/proc/self/ns/pid')),
  ])
  return [hostname(), boot, namespace].filter((part) => part !== '').join(' ')
}

let own: Promise<ProcessIdentity> | undefined

export function ownIdentity(): Promise<ProcessIdentity> {
  own ??= Promise.all([herePlace(), beginOf(process.pid)]).then(([place, began]) => ({
    pid: process.pid,
    place,
    began,
  }))
  return own
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether that process still runs; `unknown` where only signs of life from itself can tell. */
export async function fateOf(identity: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'> {
  if (identity.place !== (await ownIdentity()).place) return 'unknown'
  if (!exists(identity.pid)) return 'dead'
  if (identity.began === null) return identity.pid === process.pid ? 'alive' : 'unknown'
  return (await beginOf(identity.pid)) === identity.began ? 'alive' : 'dead'
}
