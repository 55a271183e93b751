import type { Terminal } from './terminal.js'

const numbers = { SIGINT: 2, SIGTERM: 15 } as const

/**
 * npm hands a Ctrl-C on to its child, which the terminal has already told: the same signal twice
 * within a few milliseconds is one wish. Milliseconds.
 */
const ECHO = 50

/**
 * Waits for SIGINT or SIGTERM, then closes. Resolves with exit code 0 when closed, rejects with what
 * `close` rejects with. A second signal ends the process at once, with 128 + its number as shells report it.
 */
export function untilStopped(close: () => Promise<void>, terminal: Terminal): Promise<number> {
  const { signals, stderr } = terminal
  return new Promise((resolve, reject) => {
    let first: { signal: string; time: number } | undefined
    const stop = (signal: NodeJS.Signals) => {
      const time = performance.now()
      if (first !== undefined) {
        if (signal === first.signal && time - first.time < ECHO) return
        terminal.exit(128 + (signal === 'SIGINT' ? numbers.SIGINT : numbers.SIGTERM))
        return
      }
      first = { signal, time }
      if (stderr.isTTY === true) stderr.write('\nStopping; once more to stop at once.\n')
      close()
        .then(() => 0)
        .finally(() => {
          signals.off('SIGINT', stop)
          signals.off('SIGTERM', stop)
        })
        .then(resolve, reject)
    }
    signals.on('SIGINT', stop)
    signals.on('SIGTERM', stop)
  })
}
