import { readdirSync, readFileSync } from 'node:fs'

/** Of Linux, on every architecture that Node runs on: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_A_SECOND = 100

interface Stat {
  readonly parent: number
  readonly ticks: number
}

/** Undefined where the process has ended, or where there is no /proc. */
function stat(pid: number): Stat | undefined {
  try {
    // The name of the command may hold spaces and brackets; what follows the last bracket does not.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}

/** Microseconds of processor time, user and system, of processes and of those that they have started. */
export function cpuOf(pids: readonly number[]): number {
  const stats = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), stat(Number(name))] as const),
  )
  const counted = new Set(pids)
  // A child may have a lower number than its parent, so the tree is gone through until nothing is new.
  for (let before = 0; before < counted.size;) {
    before = counted.size
    for (const [pid, one] of stats) if (one && counted.has(one.parent)) counted.add(pid)
  }
  const ticks = [...counted].reduce((sum, pid) => sum + (stats.get(pid)?.ticks ?? 0), 0)
  return (ticks * 1e6) / TICKS_A_SECOND
}
